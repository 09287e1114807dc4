import ArgumentParser
@main struct Claims: AsyncParsableCommand { func run() async throws {} }
