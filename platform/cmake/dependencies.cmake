# Every third-party library, as showfloor::<name>. Headers are SYSTEM. Level tables name them
# without the prefix. From source: imgui, mbedtls, curl, httplib (platform/lib/deps); the others
# are the system's packages (platform/packages).

# --- built from source ----------------------------------------------------------------------------

set(deps_script ${PROJECT_SOURCE_DIR}/platform/lib/deps)
set(deps_environment)
foreach(name MBEDTLS CURL IMGUI HTTPLIB)
  if(FETCHCONTENT_SOURCE_DIR_${name})
    list(APPEND deps_environment FETCHCONTENT_SOURCE_DIR_${name}=${FETCHCONTENT_SOURCE_DIR_${name}})
  endif()
endforeach()
if(deps_environment)
  # Sources at hand: nothing has to be downloaded, so configuring may build them by itself.
  execute_process(COMMAND ${CMAKE_COMMAND} -E env ${deps_environment} ${deps_script}
    RESULT_VARIABLE result)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "Building the given third-party sources failed; see the lines above.")
  endif()
endif()
execute_process(COMMAND ${CMAKE_COMMAND} -E env ${deps_environment} ${deps_script} --prefix
  OUTPUT_VARIABLE prefix OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
if(NOT EXISTS ${prefix}/complete)
  message(FATAL_ERROR "Third-party libraries are not built yet: run platform/lib/deps first.")
endif()
# A change of the pins means another prefix, so it has to be looked up again.
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${deps_script}
  ${PROJECT_SOURCE_DIR}/platform/cmake/pins.txt
  ${PROJECT_SOURCE_DIR}/platform/cmake/mbedtls_config.h
  ${PROJECT_SOURCE_DIR}/platform/cmake/imgui/CMakeLists.txt)

function(showfloor_require what path)
  if(NOT path OR NOT EXISTS ${path})
    message(FATAL_ERROR
      "${what} is missing: run platform/lib/packages build (it installs what is listed there).")
  endif()
endfunction()

# An external library by header and library name; the header may stand in a folder of its own.
function(showfloor_external name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "HEADER;FOLDER;LIBRARY" "")
  string(TOUPPER SHOWFLOOR_FOUND_${name} variable)
  add_library(showfloor_${name} INTERFACE)
  add_library(showfloor::${name} ALIAS showfloor_${name})
  find_path(${variable}_HEADERS ${arg_HEADER} PATH_SUFFIXES ${arg_FOLDER})
  showfloor_require("${arg_HEADER}" "${${variable}_HEADERS}")
  target_include_directories(showfloor_${name} SYSTEM INTERFACE ${${variable}_HEADERS})
  if(arg_LIBRARY)
    find_library(${variable}_LIBRARY ${arg_LIBRARY})
    showfloor_require("lib${arg_LIBRARY}" "${${variable}_LIBRARY}")
    target_link_libraries(showfloor_${name} INTERFACE ${${variable}_LIBRARY})
  endif()
endfunction()

# A library that a CMake package of the system describes.
function(showfloor_package name target)
  add_library(showfloor_${name} INTERFACE)
  add_library(showfloor::${name} ALIAS showfloor_${name})
  target_link_libraries(showfloor_${name} INTERFACE ${target})
endfunction()

find_package(ZLIB REQUIRED)
showfloor_package(zlib ZLIB::ZLIB)

add_library(showfloor_mbedtls INTERFACE)
add_library(showfloor::mbedtls ALIAS showfloor_mbedtls)
target_include_directories(showfloor_mbedtls SYSTEM INTERFACE ${prefix}/include)
target_link_libraries(showfloor_mbedtls INTERFACE ${prefix}/lib/libmbedtls.a
  ${prefix}/lib/libmbedx509.a ${prefix}/lib/libmbedcrypto.a Threads::Threads)

add_library(showfloor_curl INTERFACE)
add_library(showfloor::curl ALIAS showfloor_curl)
target_include_directories(showfloor_curl SYSTEM INTERFACE ${prefix}/include)
target_compile_definitions(showfloor_curl INTERFACE CURL_STATICLIB)
target_link_libraries(showfloor_curl INTERFACE
  ${prefix}/lib/libcurl.a showfloor_mbedtls ZLIB::ZLIB)

add_library(showfloor_httplib INTERFACE)
add_library(showfloor::httplib ALIAS showfloor_httplib)
target_include_directories(showfloor_httplib SYSTEM INTERFACE ${prefix}/include/httplib)
# The interval is how often a kept-alive connection looks whether the server stops: at the default
# of 10 ms a thousand idle connections cost 76 % of a core, at this one 2.2 %.
target_compile_definitions(showfloor_httplib INTERFACE
  CPPHTTPLIB_MBEDTLS_SUPPORT CPPHTTPLIB_ZLIB_SUPPORT
  CPPHTTPLIB_KEEPALIVE_TIMEOUT_CHECK_INTERVAL_USECOND=900000)
target_link_libraries(showfloor_httplib INTERFACE showfloor_mbedtls ZLIB::ZLIB)

# curl names its TLS in its own binary; the pkg-config file it installs says the same.
file(STRINGS ${prefix}/lib/pkgconfig/libcurl.pc tls REGEX "mbedtls")
file(STRINGS ${prefix}/lib/pkgconfig/libcurl.pc foreign_tls REGEX "openssl|gnutls|-lssl|wolfssl")
if(NOT tls OR foreign_tls)
  message(FATAL_ERROR "curl in ${prefix} does not use mbedTLS: remove that folder and run "
    "platform/lib/deps.")
endif()

find_package(Freetype REQUIRED)
find_package(glfw3 REQUIRED)
find_package(OpenGL REQUIRED)
find_package(X11 REQUIRED)
showfloor_package(freetype Freetype::Freetype)
showfloor_package(glfw glfw)
showfloor_package(opengl OpenGL::GL)
showfloor_package(x11 X11::X11)
showfloor_package(xi X11::Xi)

add_library(showfloor_imgui INTERFACE)
add_library(showfloor::imgui ALIAS showfloor_imgui)
target_include_directories(showfloor_imgui SYSTEM INTERFACE ${prefix}/include/imgui)
# The same as in imgui/CMakeLists.txt, because they change Dear ImGui's types.
target_compile_definitions(showfloor_imgui INTERFACE
  IMGUI_ENABLE_FREETYPE IMGUI_DISABLE_OBSOLETE_FUNCTIONS IMGUI_DISABLE_DEMO_WINDOWS
  IMGUI_USE_WCHAR32)
target_link_libraries(showfloor_imgui INTERFACE
  ${prefix}/lib/libimgui.a Freetype::Freetype glfw OpenGL::GL ${CMAKE_DL_LIBS})

# --- packages of the system -----------------------------------------------------------------------

showfloor_external(sqlite3 HEADER sqlite3.h LIBRARY sqlite3)
showfloor_external(json HEADER nlohmann/json.hpp)
showfloor_external(argon2 HEADER argon2.h LIBRARY argon2)
showfloor_external(hpdf HEADER hpdf.h LIBRARY hpdf)
showfloor_external(qrencode HEADER qrencode.h LIBRARY qrencode)
showfloor_external(date HEADER date/tz.h LIBRARY date-tz)
target_compile_definitions(showfloor_date INTERFACE USE_OS_TZDB=1 ONLY_C_LOCALE=1 HAS_STRING_VIEW=1)
showfloor_external(fribidi HEADER fribidi.h FOLDER fribidi LIBRARY fribidi)
showfloor_external(canberra HEADER canberra.h LIBRARY canberra)
showfloor_external(stb HEADER stb_image.h FOLDER stb)
showfloor_external(webp HEADER webp/decode.h LIBRARY webp)
showfloor_external(doctest HEADER doctest/doctest.h)
showfloor_external(rapidcheck HEADER rapidcheck.h LIBRARY rapidcheck)
