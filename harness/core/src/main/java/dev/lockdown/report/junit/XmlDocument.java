package dev.lockdown.report.junit;

import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/// Writes XML 1.0, each element on a line of its own. Characters that it cannot hold at all are left out (section 2.2 of the
/// recommendation).
public final class XmlDocument {
    /// Written as they are, an attribute would turn them into blanks, and the stream writer does not refer to them. What stands for them
    /// meanwhile are characters that no text may contain.
    private static final Map<Character, Character> STAND_INS = Map.of('\n', '\uFDD0', '\r', '\uFDD1', '\t', '\uFDD2');

    private final StringWriter out = new StringWriter();
    private final XMLStreamWriter xml;
    private final Map<String, String> attributes = new LinkedHashMap<>();
    private @Nullable String pending;
    private int depth;
    private boolean inText;

    public XmlDocument() {
        try {
            xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
            xml.writeStartDocument("UTF-8", "1.0");
        } catch (XMLStreamException e) {
            throw impossible(e);
        }
    }

    public XmlDocument open(String element) {
        begin();
        newline();
        pending = element;
        depth++;
        return this;
    }

    /// Add an attribute to the element that was just opened.
    public XmlDocument attribute(String name, String value) {
        if (pending == null) throw new IllegalStateException("%s comes after the element's content".formatted(name));
        attributes.put(name, value);
        return this;
    }

    public XmlDocument text(String text) {
        begin();
        characters(allowed(text));
        inText = true;
        return this;
    }

    public XmlDocument close() {
        depth--;
        try {
            if (pending != null) {
                xml.writeEmptyElement(pending);
                writeAttributes();
            } else {
                if (!inText) newline();
                xml.writeEndElement();
            }
        } catch (XMLStreamException e) {
            throw impossible(e);
        }
        inText = false;
        return this;
    }

    private void begin() {
        if (pending == null) return;
        try {
            xml.writeStartElement(pending);
            writeAttributes();
        } catch (XMLStreamException e) {
            throw impossible(e);
        }
    }

    private void writeAttributes() throws XMLStreamException {
        for (var a : attributes.entrySet()) {
            var value = allowed(a.getValue());
            for (var s : STAND_INS.entrySet()) value = value.replace(s.getKey(), s.getValue());
            xml.writeAttribute(a.getKey(), value);
        }
        attributes.clear();
        pending = null;
    }

    private void newline() {
        characters("\n" + "  ".repeat(depth));
    }

    private void characters(String text) {
        try {
            xml.writeCharacters(text);
        } catch (XMLStreamException e) {
            throw impossible(e);
        }
    }

    private static String allowed(String text) {
        return text.codePoints().filter(XmlDocument::isAllowed)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    /// Noncharacters are allowed but no text has any, so that one may stand for another character here.
    private static boolean isAllowed(int c) {
        return c == '\t' || c == '\n' || c == '\r' || c >= 0x20 && c <= 0xD7FF || c >= 0xE000 && c <= 0xFFFD && (c < 0xFDD0 || c > 0xFDEF)
            || c >= 0x10000;
    }

    private static IllegalStateException impossible(XMLStreamException e) {
        return new IllegalStateException("memory does not fail to be written", e);
    }

    /// End the document, and give it.
    public String end() {
        if (depth != 0) throw new IllegalStateException("%s elements are open".formatted(depth));
        try {
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw impossible(e);
        }
        var text = out.toString();
        for (var s : STAND_INS.entrySet()) text = text.replace(s.getValue().toString(), "&#%s;".formatted((int) s.getKey()));
        return text + "\n";
    }
}
