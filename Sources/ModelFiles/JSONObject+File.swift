package import Foundation

extension JSONObject {
    /// The object that is the whole of a file.
    package init(reading url: URL) throws(ModelFileError) {
        let name = url.lastPathComponent
        try self.init(parsing: MappedFile(url, name: name).withBytes { Data($0) }, file: name)
    }
}
