package dev.lockdown.cluster.embedded.nft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockdown.cluster.embedded.nft.Table.Chain;
import dev.lockdown.cluster.embedded.nft.Table.Lookup;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Changes of set elements")
class SetChangesTest {
    private static final String PORT = "ipv4_addr . inet_proto . inet_service";

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "ipv4_addr                             | 10.0.0.1             | 0a000001",
        "ipv4_addr . inet_proto                | 10.0.0.1 . 17        | 0a00000111000000",
        "ipv4_addr . inet_proto . inet_service | 10.0.0.1 . 6 . 8080  | 0a000001060000001f900000",
        "ipv4_addr . inet_proto . inet_service | 10.0.0.1 . 6 . 40000 | 0a000001060000009c400000",
        "ipv6_addr . inet_proto . inet_service | fd00::1 . 6 . 80     | fd0000000000000000000000000000010600000000500000"})
    void are_keys_as_registers_hold_them(String type, String element, String expected) {
        var change = between(Lookup.set(type, List.of()), Lookup.set(type, List.of(element))).elements().getFirst();

        assertThat(HexFormat.of().formatHex(change.key())).isEqualTo(expected);
    }

    @Test
    void delete_before_they_add() {
        var changes = between(Lookup.set(PORT, List.of("10.0.0.1 . 6 . 80")), Lookup.set(PORT, List.of("10.0.0.2 . 6 . 80")));

        assertThat(changes.elements().stream().map(e -> (e.added() ? "add " : "delete ") + e.key()[3])).containsExactly("delete 1",
            "add 2");
    }

    @Test
    void are_none_where_nothing_differs() {
        assertThat(between(Lookup.set(PORT, List.of("10.0.0.1 . 6 . 80")), Lookup.set(PORT, List.of("10.0.0.1 . 6 . 80"))).elements())
            .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"inet_proto . inet_service | 6 . 80", "ipv4_addr . ipv4_addr | 10.0.0.1 . 10.0.0.1",
        "ipv4_addr . inet_service | 10.0.0.1 . 80", "ipv6_addr | ::ffff:10.0.0.1"})
    void leave_other_keys_to_scripts(String type, String element) {
        assertThat(between(Lookup.set(type, List.of()), Lookup.set(type, List.of(element)))).isNull();
    }

    @Test
    void leave_maps_to_scripts() {
        assertThat(between(new Lookup("ipv4_addr : verdict", Map.of()), new Lookup("ipv4_addr : verdict", Map.of("10.0.0.1", "drop"))))
            .isNull();
    }

    @Test
    void leave_ranges_to_scripts() {
        assertThat(between(Lookup.intervals("ipv4_addr", List.of()), Lookup.intervals("ipv4_addr", List.of("10.0.0.1")))).isNull();
    }

    @Test
    void leave_many_to_scripts() {
        var many = IntStream.range(0, 65).mapToObj(i -> "10.0.0." + i).toList();

        assertThat(between(Lookup.set("ipv4_addr", List.of()), Lookup.set("ipv4_addr", many))).isNull();
    }

    @Test
    void leave_rules_and_new_sets_to_scripts() {
        var before = new Table("t", Map.of(), Map.of("c", Chain.of(List.of("drop"))));

        assertThat(SetChanges.between(before, new Table("t", Map.of(), Map.of("c", Chain.of(List.of("accept")))))).isNull();
        assertThat(SetChanges.between(before, new Table("t", Map.of("s", Lookup.set(PORT, List.of())), before.chains()))).isNull();
    }

    private static SetChanges between(Lookup before, Lookup after) {
        return SetChanges.between(new Table("t", Map.of("s", before), Map.of()), new Table("t", Map.of("s", after), Map.of()));
    }
}
