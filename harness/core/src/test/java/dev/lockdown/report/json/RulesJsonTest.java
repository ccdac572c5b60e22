package dev.lockdown.report.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.journal.Entry.Status;
import dev.lockdown.report.Script;
import dev.lockdown.report.text.FeatureFiles;
import dev.lockdown.state.Direction;
import dev.lockdown.verdict.Cells;
import dev.lockdown.verdict.NodeRules;
import dev.lockdown.verdict.RuleFact;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The rules of nodes in run --output json")
class RulesJsonTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final NamespacedName POLICY = NamespacedName.parse("shop/shut");
    private static final Port PORT = Port.parse("TCP/8080");
    private static final List<RuleFact> FACTS = List.of(new RuleFact.NoChain(Direction.INGRESS, "10.42.1.7"),
        new RuleFact.NoRule(Direction.EGRESS, POLICY), new RuleFact.NoPort(Direction.INGRESS, POLICY, "C", PORT),
        new RuleFact.NoPort(Direction.INGRESS, POLICY, "C", null),
        new RuleFact.SetLacks(Direction.INGRESS, POLICY, "C", "S", "10.42.1.7,tcp:8080"),
        new RuleFact.LetsThrough(Direction.EGRESS, POLICY, "C", "-j ACCEPT"),
        new RuleFact.SetHas(Direction.EGRESS, POLICY, "C", "S", "fd00::7"), new RuleFact.AsExpected(Direction.EGRESS));
    private static final List<NodeRules> RULES = List.of(
        new NodeRules("node-1", "kube-router 2.6.3", FACTS,
            List.of(new NodeRules.Chain("filter (iptables)", "C", List.of("-s 10.42.1.7/32 -j D", "-j DROP")),
                new NodeRules.Chain("filter (iptables)", "D", List.of())),
            List.of(new NodeRules.SetSeen("S", POLICY, 3, true, false, List.of("10.42.1.8"), List.of()),
                new NodeRules.SetSeen("T", null, 0, false, true, List.of(), List.of("10.42.1.9"))),
            List.of(), "rules-line-7-node-1.txt"),
        new NodeRules("node-2", "", List.of(), List.of(), List.of(), List.of("nft was not read: no"), "rules-line-7-node-2.txt"));

    private static JsonNode document() throws IOException {
        var cell = Cells.of("shop/web to shop/api on TCP/8080", 7, "blocked", "open").found(RULES);
        var run = Script.run().scenario(3, Status.FAILED, null,
            steps -> steps.table(7, cell).step(7, "Then", "a cell", Status.FAILED, "no")).finished(1, null).toRun();
        var text = new StringWriter();
        RunJson.write(run, 1, "reports/r", new FeatureFiles(Path.of("")), text);
        return JSON.readTree(text.toString());
    }

    private static ObjectNode node(JsonNode document, int index) {
        return (ObjectNode) document.at("/scenarios/0/steps/0/differing/0/rules/" + index);
    }

    @Test
    void are_as_the_schema_says() throws IOException {
        var document = document();
        assertThat(schema().validate(document)).isEmpty();
        var first = node(document, 0);
        assertThat(first.get("plugin").asText()).isEqualTo("kube-router 2.6.3");
        assertThat(first.get("facts")).extracting(f -> f.get("kind").asText()).containsExactly("no-chain", "no-rule", "no-port", "no-port",
            "set-lacks", "lets-through", "set-has", "as-expected");
        assertThat(first.at("/facts/4/text").asText()).isEqualTo("set S lacks 10.42.1.7,tcp:8080, which the oracle expects in it; "
            + "chain C (policy shop/shut) asks it to let the flow in");
        assertThat(first.at("/chains/0/rules")).extracting(JsonNode::asText).containsExactly("-s 10.42.1.7/32 -j D", "-j DROP");
        assertThat(first.at("/sets/1").has("policy")).isFalse();
        assertThat(first.at("/sets/1/unexpected/0").asText()).isEqualTo("10.42.1.9");
        assertThat(node(document, 1).has("plugin")).isFalse();
        assertThat(node(document, 1).at("/unread/0").asText()).isEqualTo("nft was not read: no");
    }

    @Test
    void have_a_schema_that_refuses_what_lacks_a_field_or_has_another() throws IOException {
        for (var place : List.of("", "/facts/0", "/chains/0", "/sets/0")) {
            var names = new ArrayList<String>();
            node(document(), 0).at(place).fieldNames().forEachRemaining(names::add);
            names.removeAll(List.of("plugin", "policy"));
            assertThat(names).isNotEmpty();
            for (var name : names) {
                var broken = document();
                ((ObjectNode) node(broken, 0).at(place)).remove(name);
                assertThat(schema().validate(broken)).as(place + " without " + name).isNotEmpty();
            }
            var more = document();
            ((ObjectNode) node(more, 0).at(place)).put("more", 1);
            assertThat(schema().validate(more)).as(place).isNotEmpty();
        }
        var other = document();
        ((ObjectNode) node(other, 0).at("/facts/0")).put("kind", "nothing-known");
        assertThat(schema().validate(other)).isNotEmpty();
    }

    private static Schema schema() throws IOException {
        try (var in = Objects.requireNonNull(RulesJsonTest.class.getResourceAsStream("/dev/lockdown/schema/run.schema.json"))) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(in);
        }
    }
}
