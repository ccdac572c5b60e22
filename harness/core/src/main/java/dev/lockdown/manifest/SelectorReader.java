package dev.lockdown.manifest;

import dev.lockdown.manifest.yaml.FieldProblems;
import dev.lockdown.manifest.yaml.Labels;
import dev.lockdown.manifest.yaml.Syntax;
import dev.lockdown.manifest.yaml.Value;
import dev.lockdown.state.LabelSelector.Operator;
import dev.lockdown.state.LabelSelector.Requirement;
import dev.lockdown.state.LabelSelector;
import java.util.Arrays;
import java.util.List;

/// Reads label selectors, strictly.
final class SelectorReader {
    private static final List<String> OPERATORS = Arrays.stream(Operator.values()).map(Operator::toString).toList();

    private SelectorReader() {}

    static LabelSelector read(Value value) {
        var fields = value.fields().only("matchLabels", "matchExpressions");
        var expressions = fields.items("matchExpressions").stream().map(SelectorReader::requirement).toList();
        return new LabelSelector(Labels.read(fields.get("matchLabels")), expressions);
    }

    private static Requirement requirement(Value value) {
        var fields = value.fields().only("key", "operator", "values");
        var key = Labels.key(fields.need("key", "key: app"));
        var operator = operator(fields.need("operator", "operator: In"));
        var values = fields.items("values").stream().map(v -> v.text(Syntax.LABEL_VALUE)).toList();
        switch (operator) {
            case IN, NOT_IN -> {
                if (values.isEmpty()) throw PolicyProblems.operatorWithoutValues(fields, operator);
            }
            case EXISTS, DOES_NOT_EXIST -> {
                if (!values.isEmpty()) throw PolicyProblems.operatorWithValues(fields, operator);
            }
        }
        return new Requirement(key, operator, values);
    }

    private static Operator operator(Value value) {
        var word = value.text();
        return Arrays.stream(Operator.values()).filter(o -> o.toString().equals(word)).findFirst()
            .orElseThrow(() -> FieldProblems.notAmong(value, word, OPERATORS, null));
    }
}
