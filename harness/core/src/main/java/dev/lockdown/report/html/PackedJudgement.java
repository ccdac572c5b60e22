package dev.lockdown.report.html;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lockdown.report.html.WordedJudgement.Finding;
import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/// Packs the verdicts of a step, column by column, since neighbours in a column are alike:
///
/// ```
/// {"title": …, "rounds": …, "table": {"rows": […], "columns": […], "cells": [[…]…]},
///  "flow": [TEXT…], "how": [TEXT…], "evidence": [LIST…], "finding": [FINDING…]}
/// ```
final class PackedJudgement {
    private final JsonGenerator json;
    private final Texts texts;
    private final Numbered<Mark> marks;
    private final Numbered<Finding> findings = new Numbered<>();
    // Most are asked for again as the same object, which is found without comparing lists of texts.
    private final Map<Finding, Integer> same = new IdentityHashMap<>();

    PackedJudgement(JsonGenerator json, Texts texts, Numbered<Mark> marks) {
        this.json = json;
        this.texts = texts;
        this.marks = marks;
    }

    void write(WordedJudgement judgement) throws IOException {
        json.writeStartObject();
        json.writeNumberField("title", texts.of(judgement.title()));
        json.writeNumberField("rounds", texts.of(judgement.rounds()));
        if (judgement.table() != null) table(judgement.table());
        column("flow", judgement.cells(), c -> texts.of(c.flow()));
        column("how", judgement.cells(), c -> texts.of(c.how()));
        column("evidence", judgement.cells(), c -> texts.of(c.evidence()));
        column("finding", judgement.cells(), c -> same.computeIfAbsent(c.finding(), findings::of));
        json.writeEndObject();
    }

    private void table(TruthTable table) throws IOException {
        json.writeObjectFieldStart("table");
        numbers("rows", table.rows().stream().mapToInt(texts::of).toArray());
        numbers("columns", table.columns().stream().mapToInt(texts::of).toArray());
        json.writeArrayFieldStart("cells");
        for (var row : table.cells()) json.writeArray(row, 0, row.length);
        json.writeEndArray();
        json.writeEndObject();
    }

    private void column(String field, List<WordedJudgement.Flow> cells, ToIntFunction<WordedJudgement.Flow> number) throws IOException {
        numbers(field, cells.stream().mapToInt(number).toArray());
    }

    private void numbers(String field, int[] numbers) throws IOException {
        json.writeFieldName(field);
        json.writeArray(numbers, 0, numbers.length);
    }

    /// Write what the verdicts that were written refer to, before the texts and marks that these refer to.
    void writeFindings() throws IOException {
        json.writeArrayFieldStart("findings");
        for (var f : findings.values())
            json.writeArray(new int[] {marks.of(f.wanted()), marks.of(f.observed()), f.agrees() ? 1 : 0, texts.of(f.because()),
                texts.of(f.control()), texts.of(f.likely())}, 0, 6);
        json.writeEndArray();
    }
}
