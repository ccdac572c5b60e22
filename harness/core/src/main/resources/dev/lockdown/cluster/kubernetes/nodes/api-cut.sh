# Cuts the machine on which it runs off from the API servers of its cluster, for a time. The deadline is kept here, since whoever has
# begun it may not reach this machine meanwhile. For a POSIX shell, and with no more than busybox has.
#
#   sh -c "$(cat api-cut.sh)" api-cut check ADDRESS PORT...
#   sh -c "$(cat api-cut.sh)" api-cut cut NAME OWN RUN DELAY SECONDS WHOLE ADDRESS PORT...
#   sh -c "$(cat api-cut.sh)" api-cut clear NAME ADDRESS PORT...
#
# NAME is of the chain or table that it makes, which begins with OWN; all other chains and tables of its kind are what a killed one left,
# and go first. It waits DELAY seconds, in which the machine can still tell that this runs. SECONDS may have a fraction, WHOLE is the same
# rounded up.
#
# Packets are dropped behind the translation of Services, so that it makes no difference by which address the API is asked.

PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin:/bin/aux:/run/current-system/sw/bin
export PATH
# How long after its time the kernel itself lets go of a rule that nobody has removed.
late=30

say() {
    echo "lockdown: $*"
}

tables_of() {
    case $1 in
    *:*) echo ip6tables ;;
    *) echo iptables ;;
    esac
}

mangle() {
    tool=$1
    shift
    "$tool" -w 30 -t mangle "$@"
}

iptables_works() {
    while [ $# -gt 1 ]; do
        command -v "$(tables_of "$1")" >/dev/null 2>&1 || return 1
        problem=$(mangle "$(tables_of "$1")" -S POSTROUTING 2>&1 >/dev/null) || return 1
        shift 2
    done
}

nft_works() {
    command -v nft >/dev/null 2>&1 || return 1
    problem=$(nft list tables 2>&1 >/dev/null)
}

choose() {
    problem='neither iptables nor nft is there'
    if iptables_works "$@"; then
        way=iptables
    elif nft_works; then
        way=nft
    else
        say "$(echo "$problem" | head -n 1)"
        exit 3
    fi
}

# The chains and tables of this kind.
there_by() {
    if [ "$1" = nft ]; then
        nft list tables | sed -n 's/^table inet \(lockdown-api-[^ ]*\).*/\1/p'
    else
        mangle "$1" -S | sed -n 's/^-N \(lockdown-api-[^ ]*\).*/\1/p'
    fi
}

# Returns whether it is gone.
remove() {
    if [ "$1" = nft ]; then
        nft delete table inet "$2"
        return
    fi
    while mangle "$1" -D POSTROUTING -j "$2" 2>/dev/null; do :; done
    mangle "$1" -F "$2" && mangle "$1" -X "$2"
}

tools() {
    if [ "$way" = nft ]; then
        echo nft
    else
        for one in iptables ip6tables; do
            command -v "$one" >/dev/null 2>&1 && mangle "$one" -S POSTROUTING >/dev/null 2>&1 && echo "$one"
        done
    fi
}

# Remove those whose names begin with $1, or all but those where $1 begins with !
remove_all() {
    left=0
    for tool_there in $(tools); do
        for found in $(there_by "$tool_there" 2>/dev/null); do
            case $1 in
            !*) case $found in "${1#!}"*) continue ;; esac ;;
            *) case $found in "$1"*) ;; *) continue ;; esac ;;
            esac
            remove "$tool_there" "$found" || left=1
        done
    done
    return $left
}

drop_by_iptables() {
    stop=$(date -u -d "@$(($(date +%s) + whole + late))" +%Y-%m-%dT%H:%M:%S 2>/dev/null)
    for one in $(tools); do
        mangle "$one" -N "$name" || return 1
    done
    while [ $# -gt 1 ]; do
        one=$(tables_of "$1")
        # Without the kernel's own deadline where it has none.
        mangle "$one" -A "$name" -p tcp -d "$1" --dport "$2" -m time --datestop "$stop" -m comment --comment "lockdown $run" -j DROP \
            2>/dev/null \
            || mangle "$one" -A "$name" -p tcp -d "$1" --dport "$2" -m comment --comment "lockdown $run" -j DROP \
            || return 1
        shift 2
    done
    for one in $(tools); do
        mangle "$one" -I POSTROUTING -j "$name" || return 1
    done
}

drop_by_nft() {
    {
        echo "table inet $name {"
        echo "set v4 { type ipv4_addr . inet_service; flags timeout; }"
        echo "set v6 { type ipv6_addr . inet_service; flags timeout; }"
        echo "chain out {"
        echo "type filter hook postrouting priority -150; policy accept;"
        echo "ip daddr . tcp dport @v4 drop comment \"lockdown $run\""
        echo "ip6 daddr . tcp dport @v6 drop comment \"lockdown $run\""
        echo "}"
        echo "}"
        while [ $# -gt 1 ]; do
            case $1 in
            *:*) set_of=v6 ;;
            *) set_of=v4 ;;
            esac
            echo "add element inet $name $set_of { $1 . $2 timeout $((whole + late))s }"
            shift 2
        done
    } | nft -f -
}

heal() {
    trap '' TERM INT HUP
    [ -z "$sleeping" ] || kill "$sleeping" 2>/dev/null
    if remove_all "$name"; then
        say healed
    else
        say "not healed"
    fi
}

pause() {
    sleep "$1" &
    sleeping=$!
    wait "$sleeping"
}

mode=$1
shift
case $mode in
check)
    choose "$@"
    say "by $way"
    ;;
clear)
    name=$1
    shift
    choose "$@"
    remove_all "$name" || exit 4
    say healed
    ;;
cut)
    name=$1 own=$2 run=$3 delay=$4 seconds=$5 whole=$6
    shift 6
    sleeping=
    trap 'exit 143' TERM INT HUP
    choose "$@"
    remove_all "!$own"
    pause "$delay"
    trap heal EXIT
    if ! "drop_by_$way" "$@"; then
        say failed
        exit 4
    fi
    say cut
    # Not every sleep knows fractions.
    pause "$seconds" 2>/dev/null || pause "$whole"
    ;;
esac
