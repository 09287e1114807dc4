package import NIOCore
package import NIOHTTPTypes

/// Closes a connection on which a request does not arrive completely in time. Otherwise a client that sends a byte now
/// and then could hold a connection as long as it likes.
package final class RequestDeadline: ChannelInboundHandler, RemovableChannelHandler {
  package typealias InboundIn = HTTPRequestPart
  package typealias InboundOut = HTTPRequestPart

  private let timeout: TimeAmount
  private var running: Scheduled<Void>?
  private var sawEnd = false

  package init(_ timeout: TimeAmount) {
    self.timeout = timeout
  }

  package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head: start(context)
    case .body: break
    case .end:
      stop()
      sawEnd = true
    }
    context.fireChannelRead(data)
  }

  /// Called when bytes have arrived. Unless they complete a request, they start the head of one.
  package func channelReadComplete(context: ChannelHandlerContext) {
    if !sawEnd { start(context) }
    sawEnd = false
    context.fireChannelReadComplete()
  }

  package func channelInactive(context: ChannelHandlerContext) {
    stop()
    context.fireChannelInactive()
  }

  package func handlerRemoved(context: ChannelHandlerContext) {
    stop()
  }

  private func start(_ context: ChannelHandlerContext) {
    guard running == nil else { return }
    running = context.eventLoop.assumeIsolated().scheduleTask(in: timeout) { context.close(promise: nil) }
  }

  private func stop() {
    running?.cancel()
    running = nil
  }
}
