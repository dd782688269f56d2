package org.asbeam.transforms;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The BOM has every module that programs use, and the page of the connectors names what it has. */
class BomTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern XML = Pattern.compile("(?s)```xml\n(.*?)```");
  private static final Pattern MODULE = Pattern.compile("`(asbeam-[a-z0-9-]+)`");

  private static Document xml(String text) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(text)));
  }

  private static Element project(Path folder) throws Exception {
    return xml(Files.readString(folder.resolve("pom.xml"))).getDocumentElement();
  }

  /** The text of an element's own children of a name, without those further down. */
  private static String child(Element element, String name) {
    for (Element child : elements(element.getElementsByTagName(name))) {
      if (child.getParentNode() == element) {
        return child.getTextContent().strip();
      }
    }
    return "";
  }

  private static List<Element> elements(NodeList nodes) {
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  /**
   * The libraries: all modules that make a jar, but for programs, benchmarks and what only this
   * project's tests use.
   */
  private static List<String> libraries() throws Exception {
    List<String> libraries = new ArrayList<>();
    for (Element module : elements(project(ROOT).getElementsByTagName("module"))) {
      String path = module.getTextContent().strip();
      Element project = project(ROOT.resolve(path));
      boolean library =
          !path.startsWith("runners/")
              && !path.equals("benchmarks")
              && !path.startsWith("io/storage-testing");
      if (library && !child(project, "packaging").equals("pom")) {
        libraries.add(child(project, "artifactId"));
      }
    }
    return libraries;
  }

  private static List<String> inBom() throws Exception {
    return elements(project(ROOT.resolve("bom")).getElementsByTagName("dependency")).stream()
        .map(dependency -> child(dependency, "artifactId"))
        .toList();
  }

  @Test
  void everyLibraryIsInTheBom() throws Exception {
    assertThat(inBom()).doesNotHaveDuplicates();
    assertThat(new TreeSet<>(inBom())).isEqualTo(new TreeSet<>(libraries()));
    assertThat(libraries()).contains("asbeam-connectors", "asbeam-storage-s3", "asbeam-pipelines");
  }

  @Test
  void itHasTheVersionOfTheProject() throws Exception {
    Element bom = project(ROOT.resolve("bom"));
    assertThat(child(bom, "version")).isEqualTo(child(project(ROOT), "version"));
    assertThat(elements(bom.getElementsByTagName("dependency")))
        .allSatisfy(
            dependency -> assertThat(child(dependency, "version")).isEqualTo("${project.version}"));
  }

  @Test
  void thePageOfTheConnectorsNamesWhatThereIs() throws Exception {
    String page = Files.readString(ROOT.resolve("docs").resolve("beam.md"));
    var snippet = XML.matcher(page);
    assertThat(snippet.find()).isTrue();
    Document shown = xml("<project>" + snippet.group(1) + "</project>");
    List<Element> dependencies = elements(shown.getElementsByTagName("dependency"));
    assertThat(child(dependencies.get(0), "artifactId")).isEqualTo("asbeam-bom");
    assertThat(child(dependencies.get(0), "version"))
        .isEqualTo(child(project(ROOT.resolve("bom")), "version"));
    List<String> named =
        new ArrayList<>(MODULE.matcher(page).results().map(result -> result.group(1)).toList());
    dependencies.stream().skip(1).map(each -> child(each, "artifactId")).forEach(named::add);
    assertThat(inBom()).containsAll(named);
    assertThat(named).contains("asbeam-connectors", "asbeam-transforms", "asbeam-embedded");
  }
}
