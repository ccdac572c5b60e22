package dev.lockdown.manifest.yaml;

import java.util.ArrayList;
import java.util.List;

/// A node and the path that leads to it, read as what its place demands.
///
/// @param path as the API server writes it, such as `NetworkPolicy.spec.ingress[0].from`
public record Value(Yaml node, String path) {
    public Position at() {
        return node.at();
    }

    /// Read a text. What Kubernetes would take for a number or a boolean is refused, as it is there.
    public String text() {
        if (!(node instanceof Yaml.Scalar(var value, var kind, _))) throw FieldProblems.notA("string", this);
        return switch (kind) {
            case STRING -> value;
            case WHOLE, FRACTION, BOOLEAN -> throw FieldProblems.unquoted(this, value);
            case NULL -> throw FieldProblems.empty(this);
        };
    }

    /// Read a text that must have a certain form.
    public String text(Syntax syntax) {
        var text = text();
        if (!syntax.matches(text)) throw FieldProblems.badText(this, text, syntax.expected());
        return text;
    }

    /// Read a whole number from `least` to `most`.
    public int whole(int least, int most) {
        if (!(node instanceof Yaml.Scalar(var value, var kind, _)) || kind != Scalars.Kind.WHOLE)
            throw FieldProblems.notA("whole number", this);
        long number = Scalars.whole(value);
        if (number < least || number > most) throw FieldProblems.outOfBounds(this, value, least, most);
        return (int) number;
    }

    public int portNumber() {
        return whole(1, 65535);
    }

    public boolean flag() {
        if (!(node instanceof Yaml.Scalar(var value, var kind, _)) || kind != Scalars.Kind.BOOLEAN)
            throw FieldProblems.notA("boolean", this);
        return Scalars.isTrue(value);
    }

    public boolean isString() { return node instanceof Yaml.Scalar(_, var kind, _) && kind == Scalars.Kind.STRING; }

    public List<Value> items() {
        if (!(node instanceof Yaml.Sequence(var items, _, _))) throw FieldProblems.notA("list", this);
        var values = new ArrayList<Value>();
        for (var item : items) values.add(new Value(item, "%s[%s]".formatted(path, values.size())));
        return values;
    }

    public Fields fields() {
        if (!(node instanceof Yaml.Mapping mapping)) throw FieldProblems.notA("mapping", this);
        return new Fields(mapping, path);
    }
}
