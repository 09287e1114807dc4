import HTTPTypes
package import NIOCore
package import NIOHTTPTypes

/// Closes a connection after a response that says `Connection: close`. Otherwise a server goes on to read a body that it
/// has already refused.
package final class ClosingResponse: ChannelOutboundHandler, RemovableChannelHandler {
  package typealias OutboundIn = HTTPResponsePart
  package typealias OutboundOut = HTTPResponsePart

  private var closes = false

  package init() {}

  package func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    switch unwrapOutboundIn(data) {
    case .head(let head): closes = head.headerFields[.connection]?.lowercased() == "close"
    case .body: break
    case .end where closes:
      let sent = promise ?? context.eventLoop.makePromise(of: Void.self)
      let channel = context.channel
      sent.futureResult.whenComplete { _ in channel.close(promise: nil) }
      context.write(data, promise: sent)
      return
    case .end: break
    }
    context.write(data, promise: promise)
  }
}
