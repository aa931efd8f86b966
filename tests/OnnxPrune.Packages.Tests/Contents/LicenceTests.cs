using OnnxPrune.Packages.Tests.Packing;

namespace OnnxPrune.Packages.Tests.Contents;

/// <summary>Every package has its licence, and those of what it contains of others.</summary>
[Collection(PackedPackagesTests.Name)]
public class LicenceTests(PackedPackages packages)
{
    private const string Notices = "THIRD-PARTY-NOTICES.txt";

    public static TheoryData<string> Ids => [.. PackedPackages.Ids];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_package_has_the_text_of_its_licence(string id) =>
        Assert.StartsWith("MIT License", packages.Text(id, "LICENSE"), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(Ids))]
    public void Every_foreign_library_in_a_package_is_named_in_its_notices(string id) => AssertNamed(packages, id);

    [Fact]
    public void Notices_hold_the_licences_that_ask_for_it()
    {
        string notices = packages.Text("OnnxPrune.MSBuild", Notices);
        Assert.Contains("Copyright (c) Microsoft Corporation", notices, StringComparison.Ordinal);
        Assert.Contains("Copyright 2008 Google Inc.", notices, StringComparison.Ordinal);
        Assert.Contains("Microsoft Public License (Ms-PL)", notices, StringComparison.Ordinal);
        Assert.Contains("The above copyright notice and this permission notice shall be included", notices, StringComparison.Ordinal);
    }

    /// <summary>Checks the notices of one package, if it has foreign libraries; what ONNX Runtime and .NET contain is said beside them.</summary>
    internal static void AssertNamed(PackageFolder packages, string id)
    {
        var files = packages.FilesOf(id);
        var libraries = files.Where(IsLibrary).Select(file => Path.GetFileName(file));
        string[] foreign = [.. libraries.Where(name => !name.StartsWith("OnnxPrune", StringComparison.Ordinal))];
        if (foreign.Length == 0)
        {
            Assert.DoesNotContain(Notices, files);
            return;
        }
        string[] named = packages.Text(id, Notices).Split([' ', ',', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
        Assert.Empty(foreign.Except(named));
        Assert.Contains(files, file => file.EndsWith("/notices/onnxruntime.txt", StringComparison.Ordinal));
        Assert.Contains(files, file => file.EndsWith("/notices/dotnet.txt", StringComparison.Ordinal));
    }

    private static bool IsLibrary(string file) => Path.GetExtension(file) is ".dll" or ".so" or ".dylib" or ".exe";
}
