package dev.lockdown.rehearsal.page;

import com.samskivert.mustache.Mustache;
import dev.lockdown.graph.GraphHtml;
import dev.lockdown.rehearsal.Rehearsed;
import dev.lockdown.report.html.PageParts;
import java.io.StringReader;
import java.io.Writer;

/// Renders a rehearsal as a page, `rehearse.html`.
public final class RehearsalPage {
    private RehearsalPage() {}

    /// What the template is filled with.
    private record Document(Page page, String style) {}

    /// Write it. The writer stays open.
    public static void write(Rehearsed rehearsed, Writer out) {
        var document = new Document(Page.of(rehearsed),
            PageParts.style() + GraphHtml.style() + PageParts.resource(RehearsalPage.class, "rehearse.css"));
        Mustache.compiler().emptyStringIsFalse(true)
            .withLoader(name -> new StringReader(PageParts.resource(RehearsalPage.class, name + ".mustache")))
            .compile(PageParts.resource(RehearsalPage.class, "rehearse.mustache")).execute(document, out);
    }
}
