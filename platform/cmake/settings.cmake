# How everything of ours is compiled.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Debug CACHE STRING "Debug or Release" FORCE)
endif()
# Debug is what people work with all day: optimised enough for long tests, quick to build and link.
set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g1")
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g1")

set(SHOWFLOOR_SANITIZE "" CACHE STRING "address (with undefined behaviour) or thread")
if(SHOWFLOOR_SANITIZE STREQUAL "address")
  set(sanitize -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # With it g++ 12 takes std::regex (in cpp-httplib) for uninitialised; plain builds do not.
    list(APPEND sanitize -Wno-maybe-uninitialized)
  endif()
elseif(SHOWFLOOR_SANITIZE STREQUAL "thread")
  set(sanitize -fsanitize=thread -fno-omit-frame-pointer)
elseif(SHOWFLOOR_SANITIZE)
  message(FATAL_ERROR "SHOWFLOOR_SANITIZE is address or thread, not ${SHOWFLOOR_SANITIZE}")
endif()

if(SHOWFLOOR_SANITIZE)
  # With their checks in it -O1 costs g++ half as much time again as -Og.
  list(APPEND sanitize -Og)
endif()

# What our own code is compiled with; third-party headers are SYSTEM and stay out of it.
add_library(showfloor_settings INTERFACE)
target_compile_options(showfloor_settings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Werror ${sanitize})
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # These warn of joining strings where nothing is wrong (GCC bugs 105329, 105651).
  target_compile_options(showfloor_settings INTERFACE
    -Wno-array-bounds -Wno-stringop-overread -Wno-stringop-overflow -Wno-restrict)
endif()
target_link_options(showfloor_settings INTERFACE ${sanitize})
find_package(Threads REQUIRED)
target_link_libraries(showfloor_settings INTERFACE Threads::Threads)

find_program(SHOWFLOOR_CCACHE ccache)
if(SHOWFLOOR_CCACHE)
  # Without the folder in the hash, and with paths relative to the tree, all checkouts share one
  # cache.
  set(CMAKE_CXX_COMPILER_LAUNCHER
    /usr/bin/env CCACHE_SLOPPINESS=pch_defines,time_macros CCACHE_NOHASHDIR=1
    CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} ${SHOWFLOOR_CCACHE})
endif()

# What no program calls is not in it, and not in its memory.
add_link_options(-Wl,--gc-sections)

find_program(SHOWFLOOR_MOLD mold)
if(SHOWFLOOR_MOLD)
  add_link_options(-fuse-ld=mold)
endif()
