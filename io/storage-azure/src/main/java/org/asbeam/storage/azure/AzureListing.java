package org.asbeam.storage.azure;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.asbeam.storage.remote.ObjectPage;

/** Reads a page of a listing. Used by one thread. */
final class AzureListing {
  private static final XMLInputFactory XML = factory();

  private final List<ObjectPage.Entry> objects = new ArrayList<>();
  private final List<String> prefixes = new ArrayList<>();
  private String next = "";
  private String name = "";
  private long size;
  private boolean archived;
  private boolean folder;

  private AzureListing() {}

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    // A listing has none of these, and they could make a parser read files.
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    return factory;
  }

  static ObjectPage read(InputStream in) throws XMLStreamException {
    AzureListing listing = new AzureListing();
    XMLStreamReader xml;
    synchronized (XML) {
      xml = XML.createXMLStreamReader(in);
    }
    boolean isListing = false;
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        isListing |= xml.getLocalName().equals("EnumerationResults");
        listing.start(xml);
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        listing.end(xml.getLocalName());
      }
    }
    if (!isListing) {
      throw new XMLStreamException("no EnumerationResults");
    }
    return new ObjectPage(listing.objects, listing.prefixes, listing.next);
  }

  private void start(XMLStreamReader xml) throws XMLStreamException {
    switch (xml.getLocalName()) {
      case "Blob", "BlobPrefix" -> {
        name = "";
        size = 0;
        archived = false;
        folder = false;
      }
      case "Name" -> {
        // Names with characters that XML can't have.
        boolean encoded = "true".equalsIgnoreCase(xml.getAttributeValue(null, "Encoded"));
        String text = xml.getElementText();
        name = encoded ? Percent.decode(text) : text;
      }
      case "Content-Length" -> size = number(xml.getElementText());
      case "AccessTier" -> archived = xml.getElementText().equals(AzureTier.ARCHIVE);
        // Accounts with a hierarchical namespace list their folders as blobs, too.
      case "ResourceType" -> folder = xml.getElementText().equals("directory");
      case "NextMarker" -> next = xml.getElementText();
      default -> {}
    }
  }

  private static long number(String text) throws XMLStreamException {
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException e) {
      throw new XMLStreamException("'" + text + "' is no size", e);
    }
  }

  private void end(String element) {
    if (element.equals("Blob") && !folder) {
      objects.add(new ObjectPage.Entry(name, size, archived));
    } else if (element.equals("BlobPrefix")) {
      prefixes.add(name);
    }
  }
}
