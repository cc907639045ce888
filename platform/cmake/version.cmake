# Writes version.hpp into the build folder; only main.cpp files include it, so a commit does not
# rebuild the libraries.

execute_process(COMMAND git -C ${PROJECT_SOURCE_DIR} describe --always --dirty --tags
  OUTPUT_VARIABLE git_describe OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE result)
if(NOT result EQUAL 0)
  set(git_describe unknown)
endif()
configure_file(${CMAKE_CURRENT_LIST_DIR}/version.hpp.in
  ${PROJECT_BINARY_DIR}/generated/showfloor_version.hpp @ONLY)
