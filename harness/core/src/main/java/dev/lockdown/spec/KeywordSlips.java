package dev.lockdown.spec;

/// Lines that begin with almost a keyword. Gherkin takes some of them for a description, and runs what is left.
final class KeywordSlips {
    private final FeatureLines lines;
    private final GlueSteps glue;

    KeywordSlips(FeatureLines lines, GlueSteps glue) {
        this.lines = lines;
        this.glue = glue;
    }

    /// Takes a slip, and what the line would be without it.
    interface Teller {
        void tell(int line, String mended, Mistake mistake);
    }

    void tell(Teller teller) {
        lines.line(0);
        glue.definitions();
    }
}
