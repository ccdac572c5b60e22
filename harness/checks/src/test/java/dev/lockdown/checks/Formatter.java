package dev.lockdown.checks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.eclipse.jdt.core.JavaCore;
import org.eclipse.jdt.core.ToolFactory;
import org.eclipse.jdt.core.formatter.CodeFormatter;
import org.eclipse.jface.text.BadLocationException;
import org.eclipse.jface.text.Document;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/// Lays out Java source by the rules of a profile of Eclipse's formatter. Used by one thread at a time.
///
/// Eclipse's formatter is called here instead of through formatter-maven-plugin for the sake of three repairs. It leaves no space
/// behind the commas of `case Refused _, TimedOut _ ->`, as it knows no rule for alternative patterns; it puts the
/// `@Nullable` of what a method returns on a line of its own; and it stumbles over a Markdown comment on the first constant of an
/// enum, so it is shown those comments as plain ones.
final class Formatter {
    private static final Pattern MARKDOWN_COMMENT = Pattern.compile("(?m)^( *)///");
    private static final String PLAIN_COMMENT = "//\uE000";
    private static final Pattern CASE_LABEL = Pattern.compile("(?m)^ +case [^\"'\\n]*? ->");
    private static final Pattern LONE_NULLABLE = Pattern.compile("(?m)^( *@Nullable)\\n +");
    private static final Pattern BARE_COMMA = Pattern.compile(",(?=\\S)");

    private final CodeFormatter eclipse;

    private Formatter(Map<String, String> rules) {
        eclipse = ToolFactory.createCodeFormatter(rules);
    }

    /// @throws IllegalArgumentException if the profile cannot be read
    static Formatter of(Path profile) {
        var rules = new HashMap<String, String>();
        JavaCore.setComplianceOptions("25", rules);
        try {
            var settings =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(profile.toFile()).getElementsByTagName("setting");
            for (int i = 0; i < settings.getLength(); i++) {
                if (settings.item(i) instanceof Element e) rules.put(e.getAttribute("id"), e.getAttribute("value"));
            }
        } catch (IOException | ParserConfigurationException | SAXException e) {
            throw new IllegalArgumentException("cannot read " + profile, e);
        }
        return new Formatter(rules);
    }

    /// @throws IllegalArgumentException if the source is not Java
    String format(String source) {
        var formatted = formatPlain(MARKDOWN_COMMENT.matcher(source).replaceAll("$1" + PLAIN_COMMENT)).replace(PLAIN_COMMENT, "///");
        formatted = LONE_NULLABLE.matcher(formatted).replaceAll("$1 ");
        return CASE_LABEL.matcher(formatted).replaceAll(label -> BARE_COMMA.matcher(label.group()).replaceAll(", "));
    }

    private String formatPlain(String source) {
        int kind = CodeFormatter.K_COMPILATION_UNIT | CodeFormatter.F_INCLUDE_COMMENTS;
        var edit = eclipse.format(kind, source, 0, source.length(), 0, "\n");
        if (edit == null) throw new IllegalArgumentException("not Java that Eclipse's parser understands");
        var document = new Document(source);
        try {
            edit.apply(document);
        } catch (BadLocationException e) {
            throw new IllegalArgumentException("Eclipse's formatter contradicts itself", e);
        }
        return document.get();
    }
}
