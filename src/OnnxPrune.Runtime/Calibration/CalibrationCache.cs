using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Google.Protobuf;
using OnnxPrune.Groups;
using OnnxPrune.Importance;
using OnnxPrune.Planning;
using OnnxPrune.Runtime.Calibration;

namespace OnnxPrune.Runtime.Advanced;

/// <summary>
/// Stores the results of calibration in a folder, by a hash of all their inputs: program, model, data and options. A result that cannot be read or
/// written is computed again. Files that were not read for a month are deleted.
/// </summary>
/// <param name="folder">The folder. It is created if it does not exist.</param>
public sealed partial class CalibrationCache(string folder)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    /// <summary>The default folder of the cache: <c>onnxprune/cache</c> in the user's local application data.</summary>
    public static string DefaultFolder =>
        Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
            "onnxprune",
            "cache");

    /// <summary>The key of a result: a hash of the program, a model, calibration data, and the options of the result.</summary>
    internal static string Key(CalibrationDomain domain, params IEnumerable<string> options)
    {
        string[] parts = [ToolVersion.Text, domain.Hash, .. options];
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))));
    }

    /// <summary>The stored curves of a key and their notes, or null.</summary>
    internal (IReadOnlyList<GroupCurve> Curves, IReadOnlyList<string> Notes)? Curves(string key, IReadOnlyList<ChannelGroup> groups)
    {
        var known = groups.ToDictionary(g => g.Id);
        if (Read(key + ".json", bytes => JsonSerializer.Deserialize(bytes, CacheJson.Default.KeptCurves)) is not { } kept) return null;
        if (!Array.TrueForAll(kept.Curves, c => c is not null && known.TryGetValue(c.Group, out var group) && c.IsFor(group))) return null;
        return ([.. kept.Curves.Select(c => new GroupCurve(known[c.Group], c.Order, c.Distortion))], kept.Notes);
    }

    /// <summary>Stores curves.</summary>
    internal void Keep(string key, IReadOnlyList<GroupCurve> curves, IReadOnlyList<string> notes)
    {
        var kept = new KeptCurves([.. curves.Select(c => new KeptCurve(c.Group.Id, [.. c.Order], [.. c.Distortion]))], [.. notes]);
        Write(key + ".json", JsonSerializer.SerializeToUtf8Bytes(kept, CacheJson.Default.KeptCurves));
    }

    /// <summary>The parsed content of a file; null if the file does not exist, or if it cannot be read.</summary>
    internal T? Read<T>(string name, Func<byte[], T?> parse)
        where T : class
    {
        string path = Path.Combine(folder, name);
        try
        {
            if (!File.Exists(path)) return null;
            File.SetLastWriteTimeUtc(path, DateTime.UtcNow);
            return parse(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidProtocolBufferException)
        {
            return null;
        }
    }

    /// <summary>Writes a file and deletes old files.</summary>
    internal void Write(string name, byte[] bytes)
    {
        try
        {
            Directory.CreateDirectory(folder);
            foreach (string old in Directory.EnumerateFiles(folder).Where(IsOwn).Where(f => DateTime.UtcNow - File.GetLastWriteTimeUtc(f) > Lifetime))
                File.Delete(old);
            string path = Path.Combine(folder, name);
            string temporary = string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}-{Guid.NewGuid():N}.tmp");
            File.WriteAllBytes(temporary, bytes);
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The result is still valid; the next run computes it again.
        }
    }

    // The folder can contain other files of the user.
    private static bool IsOwn(string path) => OwnName().IsMatch(Path.GetFileName(path));

    [GeneratedRegex(@"^[0-9a-f]{64}\.(json|onnx)(\.\d+(-[0-9a-f]{32})?\.tmp)?$")]
    private static partial Regex OwnName();
}

/// <summary>Curves in the format of the cache.</summary>
internal sealed record KeptCurves(KeptCurve[] Curves, string[] Notes);

/// <summary>A curve in the format of the cache.</summary>
internal sealed record KeptCurve(string Group, int[] Order, double[] Distortion)
{
    /// <summary>True if the curve fits the channels of a group.</summary>
    public bool IsFor(ChannelGroup group) => Distortion.Length == group.Size + 1 && Order.Order().SequenceEqual(Enumerable.Range(0, group.Size));
}

[JsonSourceGenerationOptions(
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(KeptCurves))]
internal sealed partial class CacheJson : JsonSerializerContext;
