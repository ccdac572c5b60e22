package dev.lockdown.nightly.page;

import com.samskivert.mustache.Mustache;
import dev.lockdown.nightly.Findings;
import dev.lockdown.nightly.NightFolder;
import dev.lockdown.report.html.PageParts;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;

/// Renders a night as a page.
public final class NightPage {
    private NightPage() {}

    /// What the template is filled with.
    ///
    /// @param scriptHash by which the page's policy knows its own script, and no other
    private record Document(Page page, String style, String script, String scriptHash) {}

    /// Write the page, over one that is there.
    public static void write(Findings findings, NightFolder folder) throws IOException {
        var script = PageParts.resource(NightPage.class, "nightly.js");
        var document =
            new Document(Page.of(findings, folder), PageParts.style() + PageParts.resource(NightPage.class, "nightly.css"), script,
                PageParts.hash(script));
        try (var out = Files.newBufferedWriter(folder.html())) {
            Mustache.compiler().emptyStringIsFalse(true)
                .withLoader(name -> new StringReader(PageParts.resource(NightPage.class, name + ".mustache")))
                .compile(PageParts.resource(NightPage.class, "nightly.mustache")).execute(document, out);
        }
    }
}
