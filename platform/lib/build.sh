# shellcheck shell=bash
# Getting from a bare machine to built programs. Source it after common.sh.

# prepare LIST...: packages of those lists, then the libraries that are built from source.
prepare() {
  "$SHOWFLOOR_SOURCE/platform/lib/packages" "$@"
  "$SHOWFLOOR_SOURCE/platform/lib/deps"
}

# build_tree FOLDER "CMAKE-OPTION..." TARGET...: configures and builds; no target means everything.
build_tree() {
  local folder=$1 options=$2
  shift 2
  # Several options in one word, none of which holds a space.
  # shellcheck disable=SC2086
  quietly "$folder/configure.log" cmake -G Ninja -S "$SHOWFLOOR_SOURCE" -B "$folder" $options
  note "building in $folder"
  cmake --build "$folder" -j "$(jobs_count)" ${1:+--target "$@"} >&2 ||
    die "the build failed; the first error is above"
}
