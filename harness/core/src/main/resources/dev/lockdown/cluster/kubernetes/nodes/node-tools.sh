# Runs programs with the tools of containers on this machine, or with its own, and writes what they write between marks.
#   node-tools CONTAINER,… READING…
# A reading is a command a line, of which the first that ends well is taken. It is run in the network of this script, by way of a process of
# each container, then of the machine's first, then with what is here.
proc=${LOCKDOWN_PROC:-/proc}
said=${TMPDIR:-/tmp}/lockdown-said.$$
export PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin:/bin/aux:/var/lib/rancher/k3s/data/current/bin:/var/lib/rancher/k3s/data/current/bin/aux"

# The first process of each container, by the names of their control groups.
pids=
old=$IFS; IFS=,
for container in $1; do
  for file in $(IFS=' '; grep -lF -e "$container" "$proc"/[0-9]*/cgroup 2>/dev/null | head -n 1); do
    file=${file%/cgroup}
    pids="$pids ${file##*/}"
  done
done
IFS=$old
pids="$pids 1"
shift

has() { command -v "$1" >/dev/null 2>&1; }

ways() {
  for pid in $pids; do
    if has nsenter; then echo "nsenter -t $pid -m"; fi
    if has chroot; then echo "chroot $proc/$pid/root"; fi
    if has busybox; then echo "busybox nsenter -t $pid -m"; echo "busybox chroot $proc/$pid/root"; fi
  done
  echo env
}
all=$(ways)

# Sets why where no way leads to a good end.
read_by() {
  why=
  while IFS= read -r way; do
    while IFS= read -r command; do
      # Words of the command are parted by blanks, and none has another meaning to a shell.
      if out=$($way $command 2>"$said" </dev/null); then
        printf '%s\n' "$out"
        return 0
      else
        status=$?
        words=$(head -c 300 "$said" | tr '\n' ' ')
        # Not found, or not to be entered: neither says anything of the program.
        case "$status $words" in
          125*|126*|127*|*nsenter:*|*chroot:*) ;;
          *) [ -n "$why" ] || why="${command%% *} ended with status $status: $words" ;;
        esac
      fi
    done <<COMMANDS
$1
COMMANDS
  done <<WAYS
$all
WAYS
  [ -n "$why" ] || why="neither the network plugin's containers nor the machine have $(echo "$1" | head -n 1 | cut -d " " -f 1)"
  return 1
}

number=0
for reading in "$@"; do
  echo "lockdown: begin $number"
  if read_by "$reading"; then echo "lockdown: end $number well"; else echo "lockdown: end $number $why"; fi
  number=$((number + 1))
done
rm -f "$said"
exit 0
