package dev.jtask.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/// A pom as it is published, read by the names of its elements.
final class Pom {

    private final Element project;

    private Pom(Element project) {
        this.project = project;
    }

    static Pom of(Path file) {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            return new Pom(factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ParserConfigurationException | SAXException e) {
            throw new IllegalArgumentException("%s is no pom: %s".formatted(file, e.getMessage()), e);
        }
    }

    /// The text of the first element at that path, such as `scm/url`.
    Optional<String> text(String path) {
        var found = Stream.of(project);
        for (var name : path.split("/", -1)) {
            found = found.flatMap(each -> children(each, name));
        }
        return found.map(each -> each.getTextContent().strip())
                .filter(text -> !text.isEmpty())
                .findFirst();
    }

    /// Its own text, or else its parent's, as Maven inherits both.
    Optional<String> own(String name) {
        return text(name).or(() -> text("parent/" + name));
    }

    /// Every text that is all that its element holds.
    List<String> texts() {
        var all = project.getElementsByTagName("*");
        return IntStream.range(0, all.getLength())
                .mapToObj(all::item)
                .filter(Pom::holdsTextOnly)
                .map(each -> each.getTextContent().strip())
                .toList();
    }

    private static boolean holdsTextOnly(Node element) {
        var inside = element.getChildNodes();
        return inside.getLength() == 1 && inside.item(0).getNodeType() == Node.TEXT_NODE;
    }

    private static Stream<Element> children(Element parent, String name) {
        var nodes = parent.getChildNodes();
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .filter(node -> node.getNodeType() == Node.ELEMENT_NODE)
                .map(Element.class::cast)
                .filter(node -> node.getTagName().equals(name));
    }
}
