#pragma once
// libcurl's one global start. Internal to src/net. Thread contract: any thread, any number of
// times.

namespace showfloor::net {

void start_curl();

}  // namespace showfloor::net
