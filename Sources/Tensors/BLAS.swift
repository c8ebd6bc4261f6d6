import COpenBLAS
import Glibc

/// OpenBLAS, opened at run time and used by one thread at a time per call.
///
/// Linked the usual way, OpenBLAS starts its threads before `main` and a signal blocked later still kills the process;
/// opened after the signal mask is set it does not. `OPENBLAS_CORETYPE`, where somebody left it in the environment,
/// halves its speed, and it is read when the library is opened: hence the order here.
package struct BLAS: Sendable {
    private typealias SGEMM =
        @convention(c) (
            CBLAS_ORDER, CBLAS_TRANSPOSE, CBLAS_TRANSPOSE, blasint, blasint, blasint, Float, UnsafePointer<Float>?,
            blasint, UnsafePointer<Float>?, blasint, Float, UnsafeMutablePointer<Float>?, blasint
        ) -> Void

    private static let library = "libopenblas.so.0"
    private let sgemm: SGEMM

    /// The kind of CPU that OpenBLAS chose its kernels for, such as `Zen` or `SkylakeX`.
    package let coreName: String

    /// Opens the library and sets it to one thread. Call after the signal mask is set and before other threads read the
    /// environment; later calls share what the first one opened.
    package static func open() throws(TensorError) -> BLAS {
        unsetenv("OPENBLAS_CORETYPE")
        unsetenv("OPENBLAS_L2_SIZE")
        guard let handle = dlopen(library, RTLD_NOW | RTLD_LOCAL) else {
            throw .libraryMissing(name: library, reason: dlerror().map { String(cString: $0) } ?? "unknown reason")
        }
        typealias SetThreads = @convention(c) (Int32) -> Void
        typealias CoreName = @convention(c) () -> UnsafePointer<CChar>?
        let setThreads = unsafeBitCast(try symbol("openblas_set_num_threads", of: handle), to: SetThreads.self)
        let coreName = unsafeBitCast(try symbol("openblas_get_corename", of: handle), to: CoreName.self)
        let sgemm = unsafeBitCast(try symbol("cblas_sgemm", of: handle), to: SGEMM.self)
        setThreads(1)
        return BLAS(sgemm: sgemm, coreName: coreName().map { String(cString: $0) } ?? "unknown")
    }

    private static func symbol(
        _ name: String, of handle: UnsafeMutableRawPointer
    ) throws(TensorError) -> UnsafeMutableRawPointer {
        guard let address = dlsym(handle, name) else { throw .symbolMissing(library: library, symbol: name) }
        return address
    }

    /// output[rows, outputs] = input[rows, inputs] times the transpose of weight[outputs, inputs].
    func multiply(
        _ input: UnsafePointer<Float>, stride inputStride: Int, rows: Int, weight: UnsafePointer<Float>, inputs: Int,
        outputs: Int, into output: UnsafeMutablePointer<Float>, stride outputStride: Int
    ) {
        sgemm(
            CblasRowMajor, CblasNoTrans, CblasTrans, blasint(rows), blasint(outputs), blasint(inputs), 1,
            input, blasint(inputStride), weight, blasint(inputs), 0, output, blasint(outputStride))
    }
}
