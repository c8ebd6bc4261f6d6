import Foundation
import FoundationXML

/// A page read by a parser of XML, which takes no element that is not closed and no attribute that is not quoted.
final class PageReader: NSObject, XMLParserDelegate {
    struct Element {
        let name: String
        let attributes: [String: String]
        /// With that of the elements in it.
        var text = ""
    }

    struct NotWellFormed: Error {
        let line: Int
        let reason: String
    }

    private(set) var elements: [Element] = []
    private var open: [Int] = []

    init(_ html: String) throws {
        super.init()
        let parser = XMLParser(data: Data(html.utf8))
        parser.delegate = self
        guard parser.parse() else {
            throw NotWellFormed(line: parser.lineNumber, reason: "\(String(describing: parser.parserError))")
        }
    }

    func all(_ name: String) -> [Element] { elements.filter { $0.name == name } }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        open.append(elements.count)
        elements.append(Element(name: name, attributes: attributes))
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        open.removeLast()
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        for index in open { elements[index].text += string }
    }
}
