using OnnxPrune.Testing;

namespace OnnxPrune.Compat;

/// <summary>The stand-in for Verify; left out when the package itself is referenced.</summary>
public sealed class VerifierTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string VerifiedPath => _folder.File("name.verified.txt");

    private string ReceivedPath => _folder.File("name.received.txt");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task A_text_is_compared_with_the_file_beside_the_test() =>
        Verifier.Verify("two lines\r\nof text\n").UseDirectory("Snapshots").UseFileName("VerifierTests");

    [Theory]
    [InlineData("a\nb", "a\nb")]
    [InlineData("a\r\nb", "a\nb")]
    [InlineData("a\nb", "a\r\nb\r\n")]
    [InlineData("a\nb\n", "a\nb")]
    [InlineData("a", "\uFEFFa")]
    [InlineData(null, "null")]
    [InlineData("", "emptyString")]
    public async Task An_equal_text_passes(string? text, string verified)
    {
        await File.WriteAllTextAsync(VerifiedPath, verified);

        await Check(text);

        Assert.False(File.Exists(ReceivedPath));
    }

    [Fact]
    public async Task An_equal_text_removes_a_stale_received_file()
    {
        await File.WriteAllTextAsync(VerifiedPath, "a");
        await File.WriteAllTextAsync(ReceivedPath, "stale");

        await Check("a");

        Assert.False(File.Exists(ReceivedPath));
    }

    [Fact]
    public async Task A_missing_verified_file_fails_and_keeps_the_received_text()
    {
        VerifyException exception = await Assert.ThrowsAsync<VerifyException>(async () => await Check("a\r\nb"));

        Assert.Equal("a\nb", await File.ReadAllTextAsync(ReceivedPath));
        Assert.StartsWith("There is no verified file.", exception.Message, StringComparison.Ordinal);
        Assert.Contains(ReceivedPath, exception.Message, StringComparison.Ordinal);
        Assert.Contains(VerifiedPath, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\nx", "a\nb", "line 2", "received: x", "verified: b")]
    [InlineData("a", "a\nb", "line 2", "received: (end of the text)", "verified: b")]
    [InlineData("a\nb", "a", "line 2", "received: b", "verified: (end of the text)")]
    [InlineData("a\n\n", "a\n", "line 2", "received: ", "verified: (end of the text)")]
    public async Task A_different_text_fails_at_the_first_differing_line(string text, string verified, params string[] parts)
    {
        await File.WriteAllTextAsync(VerifiedPath, verified);

        VerifyException exception = await Assert.ThrowsAsync<VerifyException>(async () => await Check(text));

        Assert.All(parts, part => Assert.Contains(part, exception.Message, StringComparison.Ordinal));
        Assert.Equal(text, await File.ReadAllTextAsync(ReceivedPath));
        Assert.Equal(verified, await File.ReadAllTextAsync(VerifiedPath));
    }

    [Fact]
    public async Task The_directory_is_relative_to_the_source_file_and_the_extension_may_be_given()
    {
        await Assert.ThrowsAsync<VerifyException>(async () =>
            await Verifier.Verify("{}", "json", sourceFile: _folder.File("Tests.cs")).UseDirectory("some/folder").UseFileName("name"));

        Assert.Equal("{}", await File.ReadAllTextAsync(_folder.File("some/folder/name.received.json")));
    }

    [Fact]
    public async Task Settings_may_be_shared()
    {
        VerifySettings settings = new();
        settings.UseDirectory(_folder.Path);
        settings.UseFileName("name");
        await File.WriteAllTextAsync(VerifiedPath, "a");

        await Verifier.Verify("a", settings);
        await Assert.ThrowsAsync<VerifyException>(async () => await Verifier.Verify("a", settings).UseFileName("other"));
        await Verifier.Verify("a", settings);
    }

    [Fact]
    public async Task A_file_name_is_needed()
    {
        InvalidOperationException exception = await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await Verifier.Verify("a").UseDirectory("Snapshots"));

        Assert.Contains("UseFileName", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_source_folder_must_exist()
    {
        InvalidOperationException exception = await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await Verifier.Verify("a", sourceFile: _folder.File("none/Tests.cs")).UseFileName("name"));

        Assert.Contains("none/Tests.cs", exception.Message, StringComparison.Ordinal);
    }

    private SettingsTask Check(string? text) => Verifier.Verify(text, sourceFile: _folder.File("Tests.cs")).UseFileName("name");
}
