package dev.lockdown.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.Phases;

/// A Jenkinsfile as Jenkins reads a declarative pipeline: Groovy's own parser, and of its tree the JSON that Jenkins exchanges with its editor.
/// What is not declarative is refused.
final class DeclarativePipeline {
    private static final ObjectMapper JSON = new ObjectMapper();
    /// Sections of which each has a list of calls.
    private static final Set<String> CALLS = Set.of("triggers", "options");

    private DeclarativePipeline() {}

    /// A call in a block.
    private record Call(String name, List<Expression> values, List<MapExpression> named, List<Call> block, boolean hasBlock) {
        static List<Call> of(Statement block) {
            var calls = new ArrayList<Call>();
            for (var statement : ((BlockStatement) block).getStatements()) {
                if (statement instanceof ExpressionStatement one && one.getExpression() instanceof MethodCallExpression call)
                    calls.add(of(call));
                else
                    throw new IllegalArgumentException("line %s: no call".formatted(statement.getLineNumber()));
            }
            return calls;
        }

        static Call of(MethodCallExpression call) {
            var values = new ArrayList<Expression>();
            var named = new ArrayList<MapExpression>();
            var block = new ArrayList<Call>();
            boolean hasBlock = false;
            for (var argument : (TupleExpression) call.getArguments()) {
                switch (argument) {
                    case ClosureExpression closure -> {
                        hasBlock = true;
                        block.addAll(of(closure.getCode()));
                    }
                    case MapExpression map -> named.add(map);
                    default -> values.add(argument);
                }
            }
            return new Call(call.getMethodAsString(), values, named, block, hasBlock);
        }
    }

    static ObjectNode read(String text) {
        var unit = new CompilationUnit();
        unit.addSource("Jenkinsfile", text);
        unit.compile(Phases.CONVERSION);
        var top = Call.of(unit.getAST().getModules().getFirst().getStatementBlock());
        if (top.size() != 1 || !top.getFirst().name.equals("pipeline")) throw new IllegalArgumentException("expected pipeline { … } alone");
        var json = JSON.createObjectNode();
        json.set("pipeline", section(top.getFirst().block));
        return json;
    }

    /// Of the pipeline, a stage or a matrix.
    private static ObjectNode section(List<Call> calls) {
        var json = JSON.createObjectNode();
        for (var call : calls) {
            if (json.has(call.name)) throw new IllegalArgumentException(call.name + " is there twice");
            switch (call.name) {
                case "agent" -> json.set("agent", agent(call));
                case "stages" -> json.set("stages", list(call, DeclarativePipeline::stage));
                case "steps" -> json.set("branches", JSON.createArrayNode().add(branch(call)));
                case "matrix" -> json.set("matrix", section(call.block));
                case "axes" -> json.set("axes", list(call, DeclarativePipeline::axis));
                case "post" -> json.set("post", JSON.createObjectNode().set("conditions", list(call,
                    c -> JSON.createObjectNode().put("condition", c.name).set("branch", branch(c)))));
                case String name when CALLS.contains(name) ->
                    json.set(name, JSON.createObjectNode().set(name, list(call, DeclarativePipeline::method)));
                case String name -> throw new IllegalArgumentException("%s is no section of a declarative pipeline".formatted(name));
            }
        }
        return json;
    }

    private interface Each {
        JsonNode of(Call call);
    }

    private static ArrayNode list(Call section, Each each) {
        var list = JSON.createArrayNode();
        section.block.forEach(c -> list.add(each.of(c)));
        return list;
    }

    private static JsonNode stage(Call call) {
        if (!call.name.equals("stage")) throw new IllegalArgumentException("expected a stage, not " + call.name);
        var stage = JSON.createObjectNode().put("name", constant(call.values.getFirst()).toString());
        stage.setAll(section(call.block));
        return stage;
    }

    private static JsonNode axis(Call call) {
        if (!call.name.equals("axis")) throw new IllegalArgumentException("expected an axis, not " + call.name);
        var axis = JSON.createObjectNode();
        for (var part : call.block) {
            if (part.name.equals("name")) axis.put("name", constant(part.values.getFirst()).toString());
            else axis.set(part.name, raw(part.values));
        }
        return axis;
    }

    private static JsonNode agent(Call call) {
        if (!call.hasBlock) return JSON.createObjectNode().put("type", ((VariableExpression) call.values.getFirst()).getName());
        var type = call.block.getFirst();
        var arguments = JSON.createArrayNode();
        for (var part : type.block) arguments.addObject().put("key", part.name).set("value", raw(part.values.getFirst()));
        return JSON.createObjectNode().put("type", type.name).set("arguments", arguments);
    }

    private static JsonNode branch(Call call) {
        return JSON.createObjectNode().put("name", "default").set("steps", list(call, DeclarativePipeline::step));
    }

    private static JsonNode step(Call call) {
        var step = JSON.createObjectNode().put("name", call.name);
        if (!call.named.isEmpty()) step.set("arguments", named(call));
        else step.set("arguments", call.values.size() == 1 ? raw(call.values.getFirst()) : raw(call.values));
        if (call.hasBlock) step.set("children", list(call, DeclarativePipeline::step));
        return step;
    }

    private static JsonNode method(Call call) {
        var arguments = JSON.createArrayNode();
        for (var value : call.values) arguments.add(value instanceof MethodCallExpression inner ? method(Call.of(inner)) : raw(value));
        arguments.addAll(named(call));
        return JSON.createObjectNode().put("name", call.name).set("arguments", arguments);
    }

    private static ArrayNode named(Call call) {
        var named = JSON.createArrayNode();
        for (var map : call.named)
            for (var entry : map.getMapEntryExpressions())
                named.addObject().put("key", constant(entry.getKeyExpression()).toString()).set("value", raw(entry.getValueExpression()));
        return named;
    }

    private static ArrayNode raw(List<Expression> values) {
        var list = JSON.createArrayNode();
        values.forEach(v -> list.add(raw(v)));
        return list;
    }

    /// What is no constant is kept as it is written, as Jenkins does.
    private static ObjectNode raw(Expression value) {
        var raw = JSON.createObjectNode().put("isLiteral", value instanceof ConstantExpression);
        raw.set("value",
            JSON.valueToTree(value instanceof ConstantExpression one ? one.getValue() : "${\"%s\"}".formatted(value.getText())));
        return raw;
    }

    private static Object constant(Expression expression) {
        if (expression instanceof ConstantExpression constant) return constant.getValue();
        throw new IllegalArgumentException("line %s: expected a constant".formatted(expression.getLineNumber()));
    }
}
