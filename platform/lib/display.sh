# shellcheck shell=bash
# A virtual display of our own. Source it after common.sh; call stop_display from an EXIT trap.

display_pid=

# start_display WxH: starts Xvfb on a free number and sets DISPLAY; drawing is done in software.
start_display() {
  local pipe number
  command -v Xvfb >/dev/null || die "Xvfb is missing; run platform/lib/packages run"
  pipe=$(mktemp -u)
  mkfifo "$pipe"
  # Opened for both, so that neither side waits for the other; Xvfb writes the number it took.
  exec 7<>"$pipe"
  rm -f "$pipe"
  Xvfb -displayfd 7 -screen 0 "$1x24" -nolisten tcp -noreset >/dev/null 2>&1 &
  display_pid=$!
  read -r -t 20 number <&7 || die "Xvfb did not start; try: Xvfb :99 -screen 0 $1x24"
  exec 7>&-
  export DISPLAY=:$number LIBGL_ALWAYS_SOFTWARE=1
  unset WAYLAND_DISPLAY
}

stop_display() {
  [[ -z $display_pid ]] && return 0
  kill "$display_pid" 2>/dev/null || true
  wait "$display_pid" 2>/dev/null || true
  display_pid=
}
