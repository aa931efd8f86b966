using System.Text.Json;

namespace OnnxPrune.Cli.Configuration;

/// <summary>One member of a configuration file.</summary>
/// <param name="Section">The command of its section; null for all commands.</param>
/// <param name="Key">The option's name in camelCase.</param>
/// <param name="Value">The JSON value.</param>
/// <param name="Line">The line number, from 1.</param>
internal sealed record ConfigEntry(string? Section, string Key, JsonElement Value, int Line);
