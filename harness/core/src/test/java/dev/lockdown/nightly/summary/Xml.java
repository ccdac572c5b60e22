package dev.lockdown.nightly.summary;

import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/// A document, taken apart.
record Xml(Element root) {
    static Xml of(String text) throws Exception {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return new Xml(factory.newDocumentBuilder().parse(new InputSource(new StringReader(text))).getDocumentElement());
    }

    static List<Element> children(Element of, String name) {
        var nodes = of.getChildNodes();
        return IntStream.range(0, nodes.getLength()).mapToObj(nodes::item).filter(Element.class::isInstance).map(Element.class::cast)
            .filter(e -> e.getLocalName().equals(name)).toList();
    }

    static String text(Element of, String name) {
        return children(of, name).getFirst().getTextContent();
    }
}
