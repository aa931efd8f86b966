using System.Text.Json;
using OnnxPrune.Diagnostics;

namespace OnnxPrune.Cli.Configuration;

/// <summary>
/// Reads configuration files: a JSON object of options and of sections for individual commands. Comments and trailing commas are allowed.
/// </summary>
internal sealed class ConfigFile
{
    private static readonly JsonReaderOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private readonly List<ConfigEntry> entries = [];
    private readonly string path;
    private readonly byte[] text;
    private readonly IReadOnlyCollection<string> commands;

    private ConfigFile(string path, IReadOnlyCollection<string> commands)
    {
        this.path = path;
        this.commands = commands;
        text = Bytes(path);
    }

    /// <summary>The members of a file, in order; an object under the name of a command is that command's section.</summary>
    /// <exception cref="OnnxPruneException">OP2003: the file cannot be read, is not a JSON object, or contains a key twice.</exception>
    public static IReadOnlyList<ConfigEntry> Read(string path, IReadOnlyCollection<string> commands)
    {
        try
        {
            var file = new ConfigFile(path, commands);
            file.ReadAll();
            return file.entries;
        }
        catch (JsonException e)
        {
            throw Invalid(path, (int)(e.LineNumber ?? 0) + 1, $"invalid JSON: {e.Message.Split(" LineNumber:")[0]}");
        }
    }

    /// <summary>A failure at a line of the file.</summary>
    public static OnnxPruneException Invalid(string path, int line, string message) => new(ErrorCodes.InvalidConfiguration, message, At(path, line));

    /// <summary>A position in the notation of MSBuild and editors.</summary>
    public static string At(string path, int line) => $"{path}({line})";

    private static byte[] Bytes(string path)
    {
        try
        {
            byte[] bytes = File.ReadAllBytes(path);
            return bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OnnxPruneException(ErrorCodes.InvalidConfiguration, $"the configuration file cannot be read: {e.Message}", path, e);
        }
    }

    private void ReadAll()
    {
        var reader = new Utf8JsonReader(text, Lenient);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
            throw Invalid(path, LineOf(reader), "a configuration file must contain a JSON object of options, such as { \"budget\": \"macs=50%\" }");
        ReadMembers(ref reader, null);
        reader.Read();
    }

    private void ReadMembers(ref Utf8JsonReader reader, string? section)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            int line = LineOf(reader);
            reader.Read();
            if (section is null && reader.TokenType == JsonTokenType.StartObject && commands.Contains(key)) ReadMembers(ref reader, key);
            else Add(new ConfigEntry(section, key, JsonElement.ParseValue(ref reader), line));
        }
    }

    private void Add(ConfigEntry entry)
    {
        if (entries.Find(e => e.Section == entry.Section && e.Key == entry.Key) is { } first)
            throw Invalid(path, entry.Line, $"'{entry.Key}' is already set in line {first.Line}; remove one of them");
        entries.Add(entry);
    }

    private int LineOf(Utf8JsonReader reader) => 1 + text.AsSpan(0, (int)reader.TokenStartIndex).Count((byte)'\n');
}
