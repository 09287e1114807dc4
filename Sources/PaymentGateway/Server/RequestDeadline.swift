import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Closes a connection on which a request does not arrive whole in time. Without it a client that sends a byte now and
/// then holds a connection for as long as it likes.
final class RequestDeadline: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart

  private let timeout: TimeAmount
  private var running: Scheduled<Void>?
  private var sawEnd = false

  init(_ timeout: TimeAmount) {
    self.timeout = timeout
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    switch unwrapInboundIn(data) {
    case .head: start(context)
    case .body: break
    case .end:
      stop()
      sawEnd = true
    }
    context.fireChannelRead(data)
  }

  /// Bytes have come. If they are no request yet, they are the beginning of its head.
  func channelReadComplete(context: ChannelHandlerContext) {
    if !sawEnd { start(context) }
    sawEnd = false
    context.fireChannelReadComplete()
  }

  func channelInactive(context: ChannelHandlerContext) {
    stop()
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) {
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
