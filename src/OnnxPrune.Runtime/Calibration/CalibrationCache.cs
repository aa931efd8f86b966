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
/// Keeps what calibration found in a folder, by a hash of everything that it depends on: program, model, data and options. What cannot be
/// read or written there is computed again; files that nobody read for a month are deleted.
/// </summary>
/// <param name="folder">The folder; it is made when it is needed.</param>
public sealed partial class CalibrationCache(string folder)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    /// <summary>Where the cache is unless someone says otherwise: <c>onnxprune/cache</c> among the user's local data.</summary>
    public static string DefaultFolder =>
        Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
            "onnxprune",
            "cache");

    /// <summary>The key of a result: the program, a model, calibration data, and the options that it depends on.</summary>
    internal static string Key(CalibrationDomain domain, params IEnumerable<string> options)
    {
        string[] parts = [ToolVersion.Text, domain.Hash, .. options];
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))));
    }

    /// <summary>The curves that are kept for a key, and what was noted of them; or null.</summary>
    internal (IReadOnlyList<GroupCurve> Curves, IReadOnlyList<string> Notes)? Curves(string key, IReadOnlyList<ChannelGroup> groups)
    {
        var known = groups.ToDictionary(g => g.Id);
        if (Read(key + ".json", bytes => JsonSerializer.Deserialize(bytes, CacheJson.Default.KeptCurves)) is not { } kept) return null;
        if (!Array.TrueForAll(kept.Curves, c => c is not null && known.TryGetValue(c.Group, out var group) && c.IsFor(group))) return null;
        return ([.. kept.Curves.Select(c => new GroupCurve(known[c.Group], c.Order, c.Distortion))], kept.Notes);
    }

    /// <summary>Keeps curves.</summary>
    internal void Keep(string key, IReadOnlyList<GroupCurve> curves, IReadOnlyList<string> notes)
    {
        var kept = new KeptCurves([.. curves.Select(c => new KeptCurve(c.Group.Id, [.. c.Order], [.. c.Distortion]))], [.. notes]);
        Write(key + ".json", JsonSerializer.SerializeToUtf8Bytes(kept, CacheJson.Default.KeptCurves));
    }

    /// <summary>The parsed content of a file; null if there is none, or if it cannot be read.</summary>
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

    /// <summary>Writes a file, and deletes old ones.</summary>
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
            // Nothing is lost but time.
        }
    }

    // The folder may hold files of the user's.
    private static bool IsOwn(string path) => OwnName().IsMatch(Path.GetFileName(path));

    [GeneratedRegex(@"^[0-9a-f]{64}\.(json|onnx)(\.\d+(-[0-9a-f]{32})?\.tmp)?$")]
    private static partial Regex OwnName();
}

/// <summary>Curves as they are kept.</summary>
internal sealed record KeptCurves(KeptCurve[] Curves, string[] Notes);

/// <summary>A curve as it is kept.</summary>
internal sealed record KeptCurve(string Group, int[] Order, double[] Distortion)
{
    /// <summary>True for a curve over the channels of a group.</summary>
    public bool IsFor(ChannelGroup group) => Distortion.Length == group.Size + 1 && Order.Order().SequenceEqual(Enumerable.Range(0, group.Size));
}

[JsonSourceGenerationOptions(
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(KeptCurves))]
internal sealed partial class CacheJson : JsonSerializerContext;
