# Dials from the first instruction of a container, and says in a file what became of it: bash alone, with what it has built in.
#
# LOCKDOWN_FIRST: a folder to write to; LOCKDOWN_FIRST_DIALS: address/port, with spaces. $1: for how many microseconds, or until a file "stop".
lockdown_first_dials() {
  local file=$LOCKDOWN_FIRST/dials now began target idle n=0 oldest=1 deadline=500000
  local -a child at
  [[ -n ${EPOCHREALTIME-} ]] || return 0
  now=${EPOCHREALTIME/[.,]/}; began=$now
  echo "begin $now" >> "$file"
  exec {idle}<> <(:)
  while now=${EPOCHREALTIME/[.,]/}; (( now - began < $1 )) && [[ ! -e $LOCKDOWN_FIRST/stop ]]; do
    for target in $LOCKDOWN_FIRST_DIALS; do
      n=$(( n + 1 ))
      echo "sent $began.$n $now $target" >> "$file"
      (
        sent=${EPOCHREALTIME/[.,]/}
        if { :; } {socket}<> "/dev/tcp/$target"; then seen=open; else seen=rejected; fi
        echo "seen $began.$n $sent $seen" >> "$file"
      ) 2> /dev/null < /dev/null &
      child[n]=$!; at[n]=$now
    done
    while (( oldest <= n && now - at[oldest] > deadline )); do
      kill -9 "${child[oldest]}" 2> /dev/null; oldest=$(( oldest + 1 ))
    done
    read -rt 0.005 -u "$idle"
  done
  read -rt 0.2 -u "$idle"
  echo "end $now" >> "$file"
  while (( oldest <= n )); do kill -9 "${child[oldest]}" 2> /dev/null; oldest=$(( oldest + 1 )); done
  return 0
}
