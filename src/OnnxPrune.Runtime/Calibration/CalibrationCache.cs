using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Onnx;
using OnnxPrune.Groups;
using OnnxPrune.Importance;
using OnnxPrune.Model;
using OnnxPrune.Planning;
using OnnxPrune.Runtime.Recovery;

namespace OnnxPrune.Runtime.Calibration;

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
    public static string Key(CalibrationDomain domain, params IEnumerable<string> options)
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

    /// <summary>The recovered model that is kept for a key, or null.</summary>
    internal RecoveryResult? Recovered(string key, OnnxModel pruned)
    {
        if (Read(key + ".json", bytes => JsonSerializer.Deserialize(bytes, CacheJson.Default.KeptRecovery)) is not { } kept) return null;
        var result = new RecoveryResult(pruned, kept.Methods, kept.Before, kept.After) { Notes = kept.Notes };
        if (kept.Methods == RecoveryMethods.None) return result;
        if (Read(key + ".onnx", ModelProto.Parser.ParseFrom) is not { Graph: not null } proto) return null;
        var recovered = pruned with { Proto = proto };
        return RecoveredStructure.Difference(pruned, recovered) is null ? result with { Model = recovered } : null;
    }

    /// <summary>Keeps a recovered model.</summary>
    internal void Keep(string key, RecoveryResult result)
    {
        if (result.Methods != RecoveryMethods.None)
        {
            if (result.Model.Proto.CalculateSize() < 0) return;
            Write(key + ".onnx", result.Model.Proto.ToByteArray());
        }
        var kept = new KeptRecovery(result.Methods, result.ErrorBefore, result.ErrorAfter, [.. result.Notes]);
        Write(key + ".json", JsonSerializer.SerializeToUtf8Bytes(kept, CacheJson.Default.KeptRecovery));
    }

    // The folder may hold files of the user's.
    private static bool IsOwn(string path) => OwnName().IsMatch(Path.GetFileName(path));

    [GeneratedRegex(@"^[0-9a-f]{64}\.(json|onnx)(\.\d+(-[0-9a-f]{32})?\.tmp)?$")]
    private static partial Regex OwnName();

    private T? Read<T>(string name, Func<byte[], T?> parse)
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

    private void Write(string name, byte[] bytes)
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
}

/// <summary>Curves as they are kept.</summary>
internal sealed record KeptCurves(KeptCurve[] Curves, string[] Notes);

/// <summary>A curve as it is kept.</summary>
internal sealed record KeptCurve(string Group, int[] Order, double[] Distortion)
{
    /// <summary>True for a curve over the channels of a group.</summary>
    public bool IsFor(ChannelGroup group) => Distortion.Length == group.Size + 1 && Order.Order().SequenceEqual(Enumerable.Range(0, group.Size));
}

/// <summary>What is kept beside a recovered model.</summary>
internal sealed record KeptRecovery(RecoveryMethods Methods, double Before, double After, string[] Notes);

[JsonSourceGenerationOptions(
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(KeptCurves))]
[JsonSerializable(typeof(KeptRecovery))]
internal sealed partial class CacheJson : JsonSerializerContext;
