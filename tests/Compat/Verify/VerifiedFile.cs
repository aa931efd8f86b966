using VerifyTests;

namespace VerifyXunit;

/// <summary>A verified file and the received file beside it.</summary>
internal sealed class VerifiedFile(string verifiedPath, string receivedPath)
{
    public static VerifiedFile Locate(string sourceFile, VerifySettings settings, string extension)
    {
        if (settings.FileName is null)
            throw new InvalidOperationException("This stand-in for Verify needs UseFileName: it does not know the test's name.");
        string folder = Path.GetDirectoryName(sourceFile) is { Length: > 0 } found && Directory.Exists(found)
            ? found
            : throw new InvalidOperationException($"The folder of the source file {sourceFile} does not exist.");
        string path = Path.GetFullPath(Path.Combine(folder, settings.Directory ?? "", settings.FileName));
        return new($"{path}.verified.{extension}", $"{path}.received.{extension}");
    }

    /// <summary>Deletes a received file when the text is as verified; otherwise writes it and throws.</summary>
    public async Task<VerifyResult> CompareAsync(string? target)
    {
        string received = WithoutCarriageReturns(target switch { null => "null", "" => "emptyString", _ => target });
        string? verified = File.Exists(verifiedPath) ? WithoutCarriageReturns(await File.ReadAllTextAsync(verifiedPath)) : null;
        if (verified is not null && WithoutLastNewline(verified) == WithoutLastNewline(received))
        {
            File.Delete(receivedPath);
            return new(received);
        }

        Directory.CreateDirectory(Path.GetDirectoryName(receivedPath)!);
        await File.WriteAllTextAsync(receivedPath, received);
        throw new VerifyException($"{Difference(verified, received)}\nReceived: {receivedPath}\nVerified: {verifiedPath}");
    }

    private static string WithoutCarriageReturns(string text) =>
        text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');

    private static string WithoutLastNewline(string text) => text.EndsWith('\n') ? text[..^1] : text;

    private static string Difference(string? verified, string received)
    {
        if (verified is null)
            return "There is no verified file.";
        string[] expected = WithoutLastNewline(verified).Split('\n');
        string[] actual = WithoutLastNewline(received).Split('\n');
        int line = expected.Zip(actual).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"The texts differ from line {line + 1}.\n  received: {LineAt(actual, line)}\n  verified: {LineAt(expected, line)}";
    }

    private static string LineAt(string[] lines, int index) => index < lines.Length ? lines[index] : "(end of the text)";
}
