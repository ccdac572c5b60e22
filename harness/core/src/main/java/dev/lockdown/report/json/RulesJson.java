package dev.lockdown.report.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.verdict.NodeRules;
import dev.lockdown.verdict.RuleFact;
import dev.lockdown.verdict.RuleWording;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes what nodes had programmed about a flow that differs.
final class RulesJson {
    private RulesJson() {}

    static void write(List<NodeRules> rules, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("rules");
        for (var node : rules) {
            json.writeStartObject();
            json.writeStringField("node", node.node());
            if (!node.plugin().isEmpty()) json.writeStringField("plugin", node.plugin());
            json.writeStringField("file", node.file());
            json.writeArrayFieldStart("facts");
            for (var fact : node.facts()) write(fact, json);
            json.writeEndArray();
            json.writeArrayFieldStart("chains");
            for (var chain : node.chains()) {
                json.writeStartObject();
                json.writeStringField("table", chain.table());
                json.writeStringField("name", chain.name());
                texts("rules", chain.rules(), json);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("sets");
            for (var set : node.sets()) write(set, json);
            json.writeEndArray();
            texts("unread", node.unread(), json);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void write(RuleFact fact, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", switch (fact) {
            case RuleFact.NoChain _ -> "no-chain";
            case RuleFact.NoRule _ -> "no-rule";
            case RuleFact.NoPort _ -> "no-port";
            case RuleFact.SetLacks _ -> "set-lacks";
            case RuleFact.LetsThrough _ -> "lets-through";
            case RuleFact.SetHas _ -> "set-has";
            case RuleFact.AsExpected _ -> "as-expected";
        });
        json.writeStringField("direction", fact.direction().toString());
        policy(switch (fact) {
            case RuleFact.NoChain _, RuleFact.AsExpected _ -> null;
            case RuleFact.NoRule(_, var policy) -> policy;
            case RuleFact.NoPort(_, var policy, _, _) -> policy;
            case RuleFact.SetLacks(_, var policy, _, _, _) -> policy;
            case RuleFact.LetsThrough(_, var policy, _, _) -> policy;
            case RuleFact.SetHas(_, var policy, _, _, _) -> policy;
        }, json);
        json.writeStringField("text", RuleWording.of(fact));
        json.writeEndObject();
    }

    private static void write(NodeRules.SetSeen set, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", set.name());
        policy(set.policy(), json);
        json.writeNumberField("members", set.size());
        json.writeBooleanField("hasSource", set.source());
        json.writeBooleanField("hasDestination", set.destination());
        texts("missing", set.missing(), json);
        texts("unexpected", set.unexpected(), json);
        json.writeEndObject();
    }

    private static void policy(@Nullable NamespacedName policy, JsonGenerator json) throws IOException {
        if (policy != null) json.writeStringField("policy", policy.toString());
    }

    private static void texts(String field, List<String> values, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(field);
        for (var value : values) json.writeString(value);
        json.writeEndArray();
    }
}
