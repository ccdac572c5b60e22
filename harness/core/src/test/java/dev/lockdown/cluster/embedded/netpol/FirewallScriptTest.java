package dev.lockdown.cluster.embedded.netpol;

import static dev.lockdown.cluster.embedded.netpol.Policies.EGRESS;
import static dev.lockdown.cluster.embedded.netpol.Policies.INGRESS;
import static dev.lockdown.cluster.embedded.netpol.Policies.deny;
import static dev.lockdown.cluster.embedded.netpol.Policies.namespaces;
import static dev.lockdown.cluster.embedded.netpol.Policies.pods;
import static dev.lockdown.cluster.embedded.netpol.Policies.policy;
import static dev.lockdown.cluster.embedded.netpol.Policies.port;
import static dev.lockdown.cluster.embedded.netpol.Policies.rule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.Change;
import dev.lockdown.state.Direction;
import dev.lockdown.state.NetworkPolicy.PolicyPort;
import dev.lockdown.state.NetworkPolicy.Rule;
import java.util.EnumSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The firewall's scripts")
class FirewallScriptTest {
    private final ScriptFixture cluster = new ScriptFixture().namespace("shop").namespace("other")
        .pod("shop/web", "node-1", "app=web", "10.42.0.2").pod("shop/api", "node-2", "app=api", "10.42.8.2")
        .pod("shop/db", "node-1", "app=db", "10.42.0.3");

    @Test
    void are_none_where_nothing_changed() {
        cluster.change(deny("shop/deny-all", INGRESS));

        cluster.change();

        assertThat(cluster.scripts()).isEmpty();
    }

    @Test
    void are_none_where_a_change_means_nothing() {
        cluster.change(deny("shop/deny-all", INGRESS));

        cluster.change(new Change.RelabelPod(NamespacedName.parse("shop/web"), FirewallFixture.labels("app=web mood=good")));

        assertThat(cluster.scripts()).isEmpty();
    }

    @Test
    void go_to_the_nodes_alone_for_which_something_changed() {
        cluster.change(policy("shop/in", "app=api", INGRESS));

        assertThat(cluster.scripts().keySet()).containsExactly("node-2");
    }

    @Test
    void send_one_element_for_a_new_peer() {
        cluster.change(policy("shop/in", "app=api", INGRESS, rule(pods("app=web"), port("TCP/80"))));

        cluster.change(new Change.RelabelPod(NamespacedName.parse("shop/db"), FirewallFixture.labels("app=web")));

        assertThat(cluster.scripts().get("node-2")).isEqualTo("add element inet netpol from1_port4 { 10.42.0.3 . 6 . 80 }\n");
    }

    @Test
    void free_a_pod_without_touching_others() {
        cluster.change(policy("shop/web", "app=web", INGRESS), policy("shop/db", "app=db", INGRESS));

        cluster.change(Policies.delete("shop/web"));

        assertThat(cluster.scripts().get("node-1")).matches("""
            delete element inet netpol ingress \\{ "if-shop/web" }
            delete chain inet netpol i\\d+
            """);
    }

    @Test
    void share_the_sets_of_pods_under_the_same_policies() {
        cluster.change(policy("shop/in", "", INGRESS, rule(namespaces(""))));

        assertThat(occurrences("set from", cluster.scripts().get("node-1"))).isEqualTo(1);
    }

    @Test
    void share_the_sets_of_policies_that_allow_the_same() {
        crowd();
        cluster.change(policy("shop/web", "app=web", INGRESS, rule(pods("app=api"))),
            policy("shop/db", "app=db", INGRESS, rule(pods("app=api"))));

        assertThat(occurrences("set from", cluster.scripts().get("node-1"))).isEqualTo(1);
    }

    @Test
    void leave_a_shared_set_as_it_is_when_one_of_its_policies_changes() {
        crowd();
        cluster.change(policy("shop/web", "app=web", INGRESS, rule(pods("app=api"))),
            policy("shop/db", "app=db", INGRESS, rule(pods("app=api"))));

        cluster.change(policy("shop/web", "app=web", INGRESS, rule(pods("app"))));

        assertThat(cluster.scripts().get("node-1")).doesNotContain("element inet netpol from1_").contains("set from2_");
    }

    @Test
    void part_a_shared_set_when_its_policies_change_differently() {
        crowd();
        cluster.change(policy("shop/web", "app=web", INGRESS, rule(pods("app=api"))),
            policy("shop/db", "app=db", INGRESS, rule(pods("app=api"))));

        cluster.change(policy("shop/web", "app=web", INGRESS, rule(pods("app"))),
            policy("shop/db", "app=db", INGRESS, rule(pods("app!=web"))));

        assertThat(cluster.scripts().get("node-1")).contains("set from2_", "set from3_").contains("delete set inet netpol from1_");
    }

    @Test
    void keep_a_set_for_who_comes_to_need_it_as_it_is() {
        crowd();
        cluster.change(policy("shop/web", "app=web", INGRESS, rule(pods("app=api"))));

        cluster.change(policy("shop/web", "app=web", INGRESS, rule(pods("app"))),
            policy("shop/db", "app=db", INGRESS, rule(pods("app=api"))));

        assertThat(cluster.scripts().get("node-1")).doesNotContain("element inet netpol from1_").contains("set from2_");
    }

    @Test
    void change_a_shared_set_in_place_when_all_of_its_policies_change_alike() {
        crowd();
        cluster.change(policy("shop/web", "app=web", INGRESS, rule(pods("app=api"))),
            policy("shop/db", "app=db", INGRESS, rule(pods("app=api"))));

        cluster.pod("shop/api-2", "node-2", "app=api", "10.42.8.3");

        assertThat(cluster.scripts().get("node-1")).isEqualTo("add element inet netpol from1_address4 { 10.42.8.3 }\n");
    }

    @Test
    void grow_by_the_sum_of_a_rules_ports_and_blocks() {
        cluster.change(policy("shop/in", "app=api", INGRESS, manyTimesMany(300, 1500)));

        assertThat(cluster.scripts().get("node-2").length()).isLessThan(50_000);
    }

    @Test
    void replace_ranges_and_never_change_them_under_a_packets_eyes() {
        cluster.change(policy("shop/in", "app=api", INGRESS, manyTimesMany(2, 2)));

        cluster.change(policy("shop/in", "app=api", INGRESS, manyTimesMany(2, 3)));

        assertThat(cluster.scripts().get("node-2")).doesNotContain(" element ").contains("10.0.4.0-10.0.4.255")
            .containsOnlyOnce("delete set inet netpol ranges_");
    }

    @Test
    void share_ranges_between_policies_and_directions() {
        cluster.change(policy("shop/in", "app=web", INGRESS, manyTimesMany(1, 20)),
            policy("shop/out", "app=db", EGRESS, manyTimesMany(1, 20)));

        assertThat(occurrences("set ranges_", cluster.scripts().get("node-1"))).isEqualTo(1);
        assertThat(cluster.scripts().get("node-1")).contains("ip saddr @ranges_").contains("ip daddr @ranges_");
    }

    /// Every second port and every second block of 256 addresses.
    private static Rule manyTimesMany(int ports, int blocks) {
        return rule(
            Policies
                .blocks(IntStream.range(0, blocks).mapToObj(i -> "10.%d.%d.0/24".formatted(i >> 7, i % 128 * 2)).toArray(String[]::new)),
            IntStream.range(0, ports).mapToObj(i -> port("TCP/" + (1000 + 2 * i))).toArray(PolicyPort[]::new));
    }

    @Test
    void never_delete_nor_flush_a_base_chain() {
        for (int i = 0; i < 4; i++) cluster.change(i % 2 == 0 ? deny("shop/deny-all", INGRESS) : Policies.delete("shop/deny-all"));

        assertThat(cluster.everything()).doesNotContainPattern("(delete|flush) (table|chain inet netpol (forward|input|output))");
    }

    @Test
    void leave_out_peers_whose_address_is_not_known_yet() {
        cluster.start("shop/new", "node-1", "app=web");
        cluster.change(policy("shop/in", "app=api", INGRESS, rule(pods("app=web"))));

        assertThat(cluster.everything()).contains("elements = { 10.42.0.2 }");
    }

    @Test
    void name_rules_shortly_and_know_them_by_their_names() {
        var name = "a".repeat(240);
        cluster.pod("shop/%s-1".formatted(name), "node-1", "long=1", "10.42.0.8").pod("shop/%s-2".formatted(name), "node-1", "long=1",
            "10.42.0.9");
        cluster.change(policy("shop/long", "long=1", EnumSet.allOf(Direction.class)));

        var words = Pattern.compile("log prefix \"(.{1,64})\"").matcher(cluster.scripts().get("node-1")).results()
            .map(m -> cluster.firewall.rule(m.group(1)));
        assertThat(words).containsExactlyInAnyOrder("ingress of shop/%s-1".formatted(name), "ingress of shop/%s-2".formatted(name),
            "egress of shop/%s-1".formatted(name), "egress of shop/%s-2".formatted(name));
    }

    @Test
    void say_so_where_a_prefix_is_unknown() {
        assertThat(cluster.firewall.rule("i99")).isEqualTo("an unknown rule \"i99\"");
    }

    @Test
    void are_sent_again_after_a_failure() {
        cluster.refuse = true;
        assertThatThrownBy(() -> cluster.change(deny("shop/deny-all", INGRESS))).hasMessage("refused");
        cluster.refuse = false;

        cluster.change();

        assertThat(cluster.scripts().keySet()).containsExactlyInAnyOrder("node-1", "node-2");
    }

    @Test
    void follow_addresses_that_become_known() {
        cluster.change(policy("shop/in", "app=api", INGRESS, rule(pods("app=web"))));

        cluster.addresses = Addresses.NONE;
        cluster.change();

        assertThat(cluster.scripts().get("node-2")).contains("delete set");
    }

    @Test
    void leave_a_small_set_to_who_has_it_alone_though_others_allow_the_same_again() {
        cluster.change(policy("shop/web", "app=web", INGRESS, rule(pods("app=api"))),
            policy("shop/db", "app=db", INGRESS, rule(pods("app=api"))));
        cluster.change(policy("shop/web", "app=web", INGRESS, rule(pods("app"))));

        cluster.change(policy("shop/web", "app=web", INGRESS, rule(pods("app=api"))));

        assertThat(cluster.scripts().get("node-1"))
            .matches("delete element inet netpol from2_address4 \\{ 10.42.0.\\d, 10.42.0.\\d }\n");
    }

    @Test
    void follow_a_named_port_to_the_numbers_of_each_pod() {
        cluster.start("shop/one", "node-1", "app=named", "http=TCP/80", "admin=TCP/81");
        cluster.start("shop/two", "node-1", "app=named", "http=TCP/80", "admin=TCP/82");
        cluster.change(policy("shop/in", "app=named", INGRESS, rule(pods("app=web"), port("TCP/http"))));

        cluster.change(policy("shop/in", "app=named", INGRESS, rule(pods("app=web"), port("TCP/admin"))));

        assertThat(cluster.scripts().get("node-1")).contains(" . 6 . 81", " . 6 . 82");
    }

    /// So many peers that sets of them are shared.
    private void crowd() {
        for (int i = 0; i < 40; i++) cluster.pod("shop/many-" + i, "node-2", "app=api", "10.42.9." + i);
    }

    private static long occurrences(String what, String text) {
        return Pattern.compile(Pattern.quote(what)).matcher(text).results().count();
    }
}
