package dev.lockdown.rules;

import dev.lockdown.flow.Port;
import dev.lockdown.state.AddressText;
import java.net.InetAddress;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What the oracle expects in a set that a rule asks.
///
/// @param wanted must be there
/// @param harmless may be there as well, since the rule is asked of some ends alone
record SetContents(Set<End> wanted, Set<End> harmless) {

    /// @param port null where the set holds addresses alone
    record End(InetAddress address, @Nullable Port port) {
        /// As ipset writes it: `10.42.1.7`, `10.42.1.7,tcp:8080`.
        @Override
        public String toString() {
            var text = AddressText.of(address);
            return port == null ? text : "%s,%s".formatted(text, port.toString().toLowerCase(Locale.ROOT).replace('/', ':'));
        }
    }

    static SetContents of(Set<InetAddress> addresses) {
        var ends = addresses.stream().map(a -> new End(a, null)).collect(Collectors.toCollection(LinkedHashSet::new));
        return new SetContents(ends, Set.of());
    }

    boolean admits(End end) {
        return wanted.contains(end) || harmless.contains(end);
    }

    /// How much of both is in both, from 0 to 1.
    double likeness(AddressSet set) {
        long both = wanted.stream().filter(set::has).count();
        long more = set.members().stream().filter(m -> !wanted.contains(m.end()) && !harmless.contains(m.end())).count();
        long all = wanted.size() + more;
        return all == 0 ? 1 : (double) both / all;
    }
}
