import Tensors

/// The memory of a head, kept from one batch to the next; a lane has one of its own.
package final class HeadWorkspace {
    let first = Matrix()
    let pooled = Matrix()
    let sequence = Matrix()
    let tokens = Matrix()

    package init() {}
}
