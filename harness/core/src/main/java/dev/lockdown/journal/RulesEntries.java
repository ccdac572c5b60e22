package dev.lockdown.journal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.state.Direction;
import dev.lockdown.verdict.NodeRules;
import dev.lockdown.verdict.NodeRules.Chain;
import dev.lockdown.verdict.NodeRules.SetSeen;
import dev.lockdown.verdict.RuleFact;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Writes and reads what nodes had programmed about a flow. Rules are said once in a scenario, since neighbouring flows share most.
final class RulesEntries {
    private RulesEntries() {}

    static void write(List<NodeRules> rules, ScenarioWriter scenario, JsonFields to) throws IOException {
        to.objects("rules", rules, (r, j) -> write(r, scenario, new JsonFields(j)));
    }

    private static void write(NodeRules rules, ScenarioWriter scenario, JsonFields to) throws IOException {
        to.text("node", rules.node()).text("plugin", rules.plugin()).text("file", rules.file()).texts("unread", rules.unread());
        to.objects("facts", rules.facts(), (fact, j) -> fact(fact, new JsonFields(j)));
        to.array("chains", rules.chains(), (chain, j) -> {
            j.writeStartArray();
            j.writeNumber(scenario.name(chain.table()));
            j.writeNumber(scenario.name(chain.name()));
            for (var rule : chain.rules()) j.writeNumber(scenario.name(rule));
            j.writeEndArray();
        });
        to.objects("sets", rules.sets(), (set, j) -> new JsonFields(j).text("name", set.name()).text("policy", set.policy())
            .number("size", set.size()).flag("source", set.source()).flag("destination", set.destination())
            .texts("missing", set.missing()).texts("unexpected", set.unexpected()));
    }

    private static void fact(RuleFact fact, JsonFields to) throws IOException {
        switch (fact) {
            case RuleFact.NoChain(_, var address) -> to.text("kind", "no-chain").text("address", address);
            case RuleFact.NoRule(_, var policy) -> to.text("kind", "no-rule").text("policy", policy);
            case RuleFact.NoPort(_, var policy, var chain, var port) ->
                to.text("kind", "no-port").text("policy", policy).text("chain", chain).text("port", port);
            case RuleFact.SetLacks(_, var policy, var chain, var set, var address) ->
                to.text("kind", "set-lacks").text("policy", policy).text("chain", chain).text("set", set).text("address", address);
            case RuleFact.LetsThrough(_, var policy, var chain, var rule) ->
                to.text("kind", "lets-through").text("policy", policy).text("chain", chain).text("rule", rule);
            case RuleFact.SetHas(_, var policy, var chain, var set, var address) ->
                to.text("kind", "set-has").text("policy", policy).text("chain", chain).text("set", set).text("address", address);
            case RuleFact.AsExpected _ -> to.text("kind", "as-expected");
        }
        to.text("direction", fact.direction());
    }

    static List<NodeRules> read(JsonNode rules, ScenarioReader scenario) {
        return Json.list(rules, r -> {
            var json = new Json(r);
            return new NodeRules(json.text("node"), r.path("plugin").asText(), known(json), json.list("chains", c -> chain(c, scenario)),
                json.list("sets", s -> set(new Json(s))), json.texts("unread"), json.text("file"));
        });
    }

    private static Chain chain(JsonNode chain, ScenarioReader scenario) {
        var names = Json.list(chain, scenario::name);
        if (names.size() < 2) throw new IllegalArgumentException("a chain has a table and a name");
        return new Chain(names.get(0), names.get(1), names.subList(2, names.size()));
    }

    private static SetSeen set(Json set) {
        return new SetSeen(set.text("name"), policyOrNull(set), set.number("size"), set.flag("source"), set.flag("destination"),
            set.texts("missing"), set.texts("unexpected"));
    }

    private static @Nullable NamespacedName policyOrNull(Json json) {
        var policy = json.textOrNull("policy");
        return policy == null ? null : NamespacedName.parse(policy);
    }

    /// Those that this Lockdown does not know say nothing.
    private static List<RuleFact> known(Json rules) {
        return rules.list("facts", f -> fact(new Json(f))).stream().flatMap(f -> f).toList();
    }

    private static Stream<RuleFact> fact(Json fact) {
        var direction = Texts.of(Direction.class, fact.text("direction"));
        return switch (fact.text("kind")) {
            case "no-chain" -> Stream.of(new RuleFact.NoChain(direction, fact.text("address")));
            case "no-rule" -> Stream.of(new RuleFact.NoRule(direction, policy(fact)));
            case "no-port" -> Stream.of(new RuleFact.NoPort(direction, policy(fact), fact.text("chain"),
                fact.node().has("port") ? Port.parse(fact.text("port")) : null));
            case "set-lacks" ->
                Stream.of(new RuleFact.SetLacks(direction, policy(fact), fact.text("chain"), fact.text("set"), fact.text("address")));
            case "lets-through" -> Stream.of(new RuleFact.LetsThrough(direction, policy(fact), fact.text("chain"), fact.text("rule")));
            case "set-has" ->
                Stream.of(new RuleFact.SetHas(direction, policy(fact), fact.text("chain"), fact.text("set"), fact.text("address")));
            case "as-expected" -> Stream.of(new RuleFact.AsExpected(direction));
            default -> Stream.of();
        };
    }

    private static NamespacedName policy(Json fact) {
        return NamespacedName.parse(fact.text("policy"));
    }
}
