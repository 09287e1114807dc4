"""A client of the Model Context Protocol, by its reference implementation: calls tools, and calls them again.

    mcp_client.py PROGRAM STORE CLAIMS
"""
import asyncio
import json
import sys

from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client


async def main(program, store, claims):
    text = open(claims, newline="").read()
    parameters = StdioServerParameters(
        command=program, args=["mcp", "--role", "submitter", "--role", "examiner", "--store", store, "--enroll", "PPO"])
    async with stdio_client(parameters) as (read, write), ClientSession(read, write) as session:
        await session.initialize()
        tools = (await session.list_tools()).tools
        first = await session.call_tool("submitClaims", {"claims": text})
        again = await session.call_tool("submitClaims", {"claims": text})
        waiting = await session.call_tool("suspense", {"limit": 10})
        wrong = await session.call_tool("release", {"id": "CLM-00000000000000000000", "reason": "none"})
    print(json.dumps({
        "tools": len(tools), "same": first.content[0].text == again.content[0].text,
        "paid": json.loads(first.content[0].text)["summary"]["paid"],
        "waiting": len(json.loads(waiting.content[0].text)["claims"]),
        "refused": bool(getattr(wrong, "isError", getattr(wrong, "is_error", False)))}))


asyncio.run(main(*sys.argv[1:]))
