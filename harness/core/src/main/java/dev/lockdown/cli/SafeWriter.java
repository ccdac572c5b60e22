package dev.lockdown.cli;

import dev.lockdown.state.OutsideText;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;
import java.util.regex.Pattern;

/// A standard stream on which nothing from outside makes a terminal act, and no URL shows a secret, whichever command writes to it.
///
/// What JSON escapes is escaped the same way, so a document stays what it is.
final class SafeWriter extends FilterWriter {
    /// Colours, and a line that is written over: what commands write themselves on a terminal.
    private static final Pattern OWN = Pattern.compile("(?:\\u001b\\[[0-9;]*[mK]|\\r)");

    private final boolean terminal;

    /// @param terminal whether colours and a line that is written over are let through
    SafeWriter(Writer out, boolean terminal) {
        super(out);
        this.terminal = terminal;
    }

    @Override
    public void write(String text, int from, int length) throws IOException {
        out.write(safe(text.substring(from, from + length)));
    }

    @Override
    public void write(char[] text, int from, int length) throws IOException {
        out.write(safe(new String(text, from, length)));
    }

    @Override
    public void write(int c) throws IOException {
        out.write(safe(Character.toString((char) c)));
    }

    private String safe(String raw) {
        var text = OutsideText.withoutSecrets(raw);
        if (!terminal) return OutsideText.escaped(text);
        var shown = new StringBuilder();
        var own = OWN.matcher(text);
        int from = 0;
        for (; own.find(); from = own.end())
            shown.append(OutsideText.escaped(text.substring(from, own.start()))).append(own.group());
        return shown.append(OutsideText.escaped(text.substring(from))).toString();
    }
}
