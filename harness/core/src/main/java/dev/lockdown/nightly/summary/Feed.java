package dev.lockdown.nightly.summary;

import dev.lockdown.comparison.Change;
import dev.lockdown.comparison.ChangeWording;
import dev.lockdown.nightly.Findings;
import dev.lockdown.nightly.Judged.Counts;
import dev.lockdown.nightly.NightFolder;
import dev.lockdown.nightly.NightStatus;
import dev.lockdown.nightly.NightText;
import dev.lockdown.nightly.SharedChange;
import dev.lockdown.report.junit.XmlDocument;
import dev.lockdown.verdict.Figures;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What a reader of feeds is to see (Atom 1.0, RFC 4287): an entry for each cell in which something is otherwise, or which is not good.
///
/// Ids are the same whenever the night is rendered again: an entry's comes from its cell and the run, the feed's from the name of the matrix.
final class Feed {
    private static final int SHOWN = 20;

    private final Findings findings;
    private final XmlDocument xml = new XmlDocument();

    private Feed(Findings findings) {
        this.findings = findings;
    }

    static String atom(Findings findings, NightFolder folder) {
        return new Feed(findings).text(Optional.ofNullable(folder.original().getFileName()).map(Object::toString).orElse("matrix"));
    }

    private String text(String matrix) {
        xml.open("feed").attribute("xmlns", "http://www.w3.org/2005/Atom");
        text("id", urn("matrix " + matrix));
        text("title", "Lockdown nightly, " + matrix);
        text("updated", time(findings.cells().stream().map(Feed::ended).max(Instant::compareTo).orElse(Instant.EPOCH)));
        xml.open("author");
        text("name", "Lockdown").close();
        link("self", "changes.atom");
        link("alternate", "nightly.html");
        for (int i = 0; i < findings.cells().size(); i++) {
            var cell = findings.cells().get(i);
            if (isNews(cell)) entry(cell, i);
        }
        return xml.close().end();
    }

    private static boolean isNews(Findings.OfCell cell) {
        boolean otherwise = cell.sinceLast() != null && !cell.sinceLast().changes().isEmpty();
        return cell.outcome().state().isFinal() && (otherwise || NightStatus.of(cell) != NightStatus.GOOD);
    }

    private void entry(Findings.OfCell cell, int number) {
        var run = cell.digest() == null ? time(cell.outcome().at()) : cell.digest().info().run();
        xml.open("entry");
        text("id", urn("cell %s run %s".formatted(cell.cell().name(), run)));
        text("title", "%s: %s".formatted(cell.cell().name(), headline(cell)));
        text("updated", time(ended(cell)));
        link("alternate", "nightly.html#c" + number);
        xml.open("category").attribute("term", NightText.word(NightStatus.of(cell))).close();
        xml.open("content").attribute("type", "text").text(String.join("\n", lines(cell))).close();
        xml.close();
    }

    private static String headline(Findings.OfCell cell) {
        var parts = new ArrayList<String>();
        parts.add(NightText.word(NightStatus.of(cell)));
        var since = cell.sinceLast();
        if (since != null)
            for (var kind : SharedChange.KINDS)
                if (!since.of(kind).isEmpty()) parts.add(ChangeWording.heading(kind, since.of(kind).size()));
        return String.join(", ", parts);
    }

    private static List<String> lines(Findings.OfCell cell) {
        var lines = new ArrayList<String>();
        if (cell.outcome().problem() != null) lines.add(cell.outcome().problem());
        var changes = cell.sinceLast() == null ? List.<Change>of() : cell.sinceLast().changes();
        changes.stream().limit(SHOWN).forEach(c -> lines.add(("%s: was %s, is %s %s".formatted(ChangeWording.subject(c),
            ChangeWording.was(c), ChangeWording.is(c), ChangeWording.place(c))).strip()));
        if (changes.size() > SHOWN) lines.add(more(changes.size() - SHOWN, "change"));
        var failing = cell.judged().stream().filter(j -> j.counts().isFailure() || j.counts().isInconclusive()).toList();
        failing.stream().limit(SHOWN).forEach(j -> lines.add("%s: %s %s".formatted(
            j.counts() == Counts.MENDED ? "mended, take its deviation out" : NightText.word(j.counts()), j.scenario().key().name(),
            j.scenario().place())));
        if (failing.size() > SHOWN) lines.add(more(failing.size() - SHOWN, "scenario"));
        return lines;
    }

    private static String more(int count, String noun) {
        return "… and %s more".formatted(Figures.count(count, noun));
    }

    private XmlDocument text(String element, String text) {
        return xml.open(element).text(text).close();
    }

    private void link(String relation, String reference) {
        xml.open("link").attribute("rel", relation).attribute("href", reference).close();
    }

    private static Instant ended(Findings.OfCell cell) {
        return cell.outcome().at().plus(cell.outcome().took());
    }

    private static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String urn(String name) {
        return "urn:uuid:" + UUID.nameUUIDFromBytes(("dev.lockdown nightly " + name).getBytes(StandardCharsets.UTF_8));
    }
}
