package dev.lockdown.cli;

import dev.lockdown.table.FlowAnswer;
import dev.lockdown.table.FlowQuestion;
import dev.lockdown.table.SurveyWords;
import java.util.ArrayList;
import java.util.List;

/// What `explain` prints for people: one answer where all replicas have the same, else one for each group of them.
final class ExplainText {
    private static final int FLOWS_SHOWN = 4;

    private final FlowQuestion question;
    private final List<FlowAnswer> answers;

    ExplainText(FlowQuestion question, List<FlowAnswer> answers) {
        this.question = question;
        this.answers = answers;
    }

    List<String> lines() {
        if (answers.size() == 1) return answers.getFirst().flows().size() == 1 ? answers.getFirst().explanation().lines() : all();
        var lines = new ArrayList<String>();
        lines.add("%s: replicas do not agree, or not for the same policies".formatted(asked()));
        for (var answer : answers) {
            lines.add("");
            lines.add("%s of %s flows, %s:".formatted(answer.flows().size(), total(), told(answer)));
            answer.explanation().lines().forEach(l -> lines.add("  " + l));
        }
        return lines;
    }

    private List<String> all() {
        var answer = answers.getFirst();
        var lines = new ArrayList<String>();
        lines.add("%s is %s, for all %s flows; of the first of them:".formatted(asked(),
            SurveyWords.expected(answer.explanation().expectation()), total()));
        lines.addAll(answer.explanation().lines());
        return lines;
    }

    private String asked() {
        return "%s to %s on %s".formatted(question.from(), question.to(), question.port());
    }

    private int total() {
        return answers.stream().mapToInt(a -> a.flows().size()).sum();
    }

    private static String told(FlowAnswer answer) {
        var shown = answer.flows().stream().limit(FLOWS_SHOWN).map(f -> "%s to %s".formatted(f.source(), f.destination())).toList();
        int more = answer.flows().size() - shown.size();
        return String.join(", ", shown) + (more > 0 ? " and %s more".formatted(more) : "");
    }
}
