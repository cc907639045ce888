# The functions behind src/CMakeLists.txt, the level table.

set_property(GLOBAL PROPERTY showfloor_table "")

# The precompiled header, made once and used by every target of ours.
add_library(showfloor_precompiled STATIC
  ${PROJECT_SOURCE_DIR}/platform/cmake/precompiled/common.cpp)
target_link_libraries(showfloor_precompiled PRIVATE showfloor_settings showfloor::json)
target_precompile_headers(showfloor_precompiled PRIVATE
  ${PROJECT_SOURCE_DIR}/platform/cmake/precompiled/common.hpp)

# How a target of ours is compiled.
function(showfloor_compile target)
  target_link_libraries(${target} PRIVATE showfloor_settings)
  target_precompile_headers(${target} REUSE_FROM showfloor_precompiled)
endfunction()

# Calls the linker's libraries by their name in the table.
function(showfloor_link target visibility)
  foreach(library ${ARGN})
    target_link_libraries(${target} ${visibility} showfloor::${library})
  endforeach()
endfunction()

# showfloor_library(<name> LEVEL <n> [FOLDER <folder>] [WITHOUT <subfolder>...]
#                   [USES <our libraries>...] [LIBS <third-party libraries>...])
#
# One static library showfloor_<name> of all .cpp files below src/<folder> (default: its name),
# main.cpp and the subfolders WITHOUT excepted. Folders that are still empty become a library
# without code, so that nobody has to touch CMake to add files.
function(showfloor_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "LEVEL;FOLDER" "WITHOUT;USES;LIBS")
  if(NOT arg_FOLDER)
    set(arg_FOLDER ${name})
  endif()
  set(folder ${PROJECT_SOURCE_DIR}/src/${arg_FOLDER})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${folder}/*.cpp)
  list(REMOVE_ITEM sources ${folder}/main.cpp)
  foreach(subfolder ${arg_WITHOUT})
    list(FILTER sources EXCLUDE REGEX "^${folder}/${subfolder}/")
  endforeach()

  if(sources)
    add_library(showfloor_${name} STATIC ${sources})
    set(visibility PUBLIC)
    showfloor_compile(showfloor_${name})
  else()
    add_library(showfloor_${name} INTERFACE)
    set(visibility INTERFACE)
  endif()
  add_library(showfloor::lib_${name} ALIAS showfloor_${name})
  target_include_directories(showfloor_${name} ${visibility} ${PROJECT_SOURCE_DIR}/src)
  foreach(used ${arg_USES})
    if(NOT TARGET showfloor_${used})
      message(FATAL_ERROR "src/CMakeLists.txt: ${name} uses ${used}, which is not listed above it.")
    endif()
    target_link_libraries(showfloor_${name} ${visibility} showfloor_${used})
  endforeach()
  showfloor_link(showfloor_${name} ${visibility} ${arg_LIBS})

  list(JOIN arg_USES " " uses)
  list(JOIN arg_LIBS " " libs)
  set_property(GLOBAL APPEND PROPERTY showfloor_table
    "${name}|${arg_LEVEL}|${arg_FOLDER}|${uses}|${libs}")
endfunction()

# showfloor_executable(<name> <main.cpp> USES ...): a program that knows its version.
function(showfloor_executable name main)
  cmake_parse_arguments(PARSE_ARGV 2 arg "" "" "USES")
  if(NOT EXISTS ${main})
    return()
  endif()
  get_filename_component(folder ${main} DIRECTORY)
  set(sources ${main})
  if(folder MATCHES "/src/tools/")
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${folder}/*.cpp)
  endif()
  add_executable(${name} ${sources})
  target_include_directories(${name} PRIVATE
    ${PROJECT_SOURCE_DIR}/src ${PROJECT_BINARY_DIR}/generated)
  showfloor_compile(${name})
  foreach(used ${arg_USES})
    target_link_libraries(${name} PRIVATE showfloor_${used})
  endforeach()
endfunction()

# The table in a form the layer test reads: name|level|folder|uses|third-party libraries.
function(showfloor_write_table file)
  get_property(table GLOBAL PROPERTY showfloor_table)
  list(JOIN table "\n" text)
  file(GENERATE OUTPUT ${file} CONTENT "${text}\n")
endfunction()
