package dev.lockdown.report.html;

import dev.lockdown.report.Run;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/// A rendered page, taken apart. It is written so that it is XML as well, after its first line.
record Html(String text, Document document) {

    static Html of(Run run) {
        var text = HtmlReport.render(run, "reports/20261122-140311");
        var xml = new InputSource(new StringReader(text.replaceFirst("<!DOCTYPE html>", "")));
        try {
            return new Html(text, DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(xml));
        } catch (SAXException | IOException | ParserConfigurationException e) {
            throw new AssertionError("the page is not well-formed", e);
        }
    }

    Stream<Element> all() {
        var nodes = document.getElementsByTagName("*");
        return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i));
    }

    List<Element> elements(String tag) {
        return all().filter(e -> e.getTagName().equals(tag)).toList();
    }

    List<String> texts(String tag) {
        return elements(tag).stream().map(Element::getTextContent).toList();
    }

    Element section(String heading) {
        return elements("section").stream().filter(s -> s.getAttribute("aria-labelledby").equals(heading)).findFirst().orElseThrow();
    }

    /// The text with a blank between elements.
    static String squeezed(Element element) {
        var text = new StringBuilder();
        collect(element, text);
        return text.toString().replaceAll("\\s+", " ").strip();
    }

    private static void collect(Node node, StringBuilder text) {
        if (node.getNodeType() == Node.TEXT_NODE) text.append(node.getNodeValue());
        var children = node.getChildNodes();
        for (int i = 0; i < children.getLength(); i++) collect(children.item(i), text);
        if (node instanceof Element e && !e.getTagName().equals("b")) text.append(' ');
    }
}
