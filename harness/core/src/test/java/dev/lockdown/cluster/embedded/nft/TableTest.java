package dev.lockdown.cluster.embedded.nft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import dev.lockdown.cluster.embedded.nft.Table.Chain;
import dev.lockdown.cluster.embedded.nft.Table.Lookup;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A table")
class TableTest {
    private static final Table BEFORE = new Table("t",
        Map.of("peers", Lookup.set("ipv4_addr", List.of("10.0.0.1", "10.0.0.2")), "pods",
            new Lookup("ifname : verdict", Map.of("\"v1\"", "jump c1"))),
        Map.of("c1", Chain.of(List.of("ip saddr @peers return", "drop")),
            "base", new Chain("type filter hook forward priority 0;", List.of("oifname vmap @pods"))));

    @Test
    void is_written_whole_at_first() {
        assertThat(BEFORE.changesFrom(Table.empty("t"))).isEqualTo("""
            table inet t {
            set peers {
            type ipv4_addr
            elements = { 10.0.0.1, 10.0.0.2 }
            }
            map pods {
            type ifname : verdict
            elements = { "v1" : jump c1 }
            }
            chain base {
            type filter hook forward priority 0;
            oifname vmap @pods
            }
            chain c1 {
            ip saddr @peers return
            drop
            }
            }
            """);
    }

    @Test
    void sends_nothing_where_nothing_changed() {
        assertThat(new Table("t", Map.copyOf(BEFORE.lookups()), Map.copyOf(BEFORE.chains())).changesFrom(BEFORE)).isEmpty();
    }

    @Test
    void sends_the_elements_alone_that_changed() {
        assertThat(with("peers", Lookup.set("ipv4_addr", List.of("10.0.0.2", "10.0.0.3"))).changesFrom(BEFORE)).isEqualTo("""
            delete element inet t peers { 10.0.0.1 }
            add element inet t peers { 10.0.0.3 }
            """);
    }

    @Test
    void replaces_the_value_of_a_key() {
        assertThat(with("pods", new Lookup("ifname : verdict", Map.of("\"v1\"", "jump c2"))).changesFrom(BEFORE)).isEqualTo("""
            delete element inet t pods { "v1" }
            add element inet t pods { "v1" : jump c2 }
            """);
    }

    @Test
    void refills_a_chain_where_it_is() {
        var after = new Table("t", BEFORE.lookups(), Map.of("c1", Chain.of(List.of("drop")), "base", chain("base")));

        assertThat(after.changesFrom(BEFORE)).isEqualTo("""
            flush chain inet t c1
            table inet t {
            chain c1 {
            drop
            }
            }
            """);
    }

    @Test
    void deletes_a_chain_and_a_set_after_all_that_speaks_of_them() {
        var after = new Table("t", Map.of("pods", new Lookup("ifname : verdict", Map.of())), Map.of("base", chain("base")));

        assertThat(after.changesFrom(BEFORE)).isEqualTo("""
            delete element inet t pods { "v1" }
            delete chain inet t c1
            delete set inet t peers
            """);
    }

    private static Chain chain(String id) {
        return BEFORE.chains().get(id);
    }

    private static Table with(String id, Lookup lookup) {
        var lookups = new HashMap<>(BEFORE.lookups());
        lookups.put(id, lookup);
        return new Table("t", lookups, BEFORE.chains());
    }
}
