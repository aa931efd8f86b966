namespace OnnxPrune.MSBuild;

/// <summary>Finds the host that starts .NET programs.</summary>
internal static class DotnetHost
{
    /// <summary>The file name of the host.</summary>
    public static string FileName { get; } = Path.DirectorySeparatorChar == '/' ? "dotnet" : "dotnet.exe";

    /// <summary>
    /// The given path; otherwise the host that runs the build (DOTNET_HOST_PATH); otherwise, for MSBuild on .NET Framework, the host in DOTNET_ROOT
    /// or the first host in PATH; otherwise the name without a folder.
    /// </summary>
    public static string Find(string given)
    {
        if (given.Length > 0) return given;
        if (Variable("DOTNET_HOST_PATH") is { Length: > 0 } host) return host;
        var folders = new[] { Variable("DOTNET_ROOT") }.Concat(Variable("PATH").Split(Path.PathSeparator)).Where(folder => folder.Length > 0);
        return folders.Select(folder => Path.Combine(folder, FileName)).FirstOrDefault(File.Exists) ?? FileName;
    }

    private static string Variable(string name) => Environment.GetEnvironmentVariable(name) ?? "";
}
