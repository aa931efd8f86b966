namespace OnnxPrune.Packages.Tests.Running;

/// <summary>The package sources, with their credentials, that NuGet is configured with for the user who runs the tests.</summary>
internal static class MachineSources
{
    private static readonly string[] Places = [".nuget/NuGet", ".config/NuGet"];

    /// <summary>Copies the configuration to where dotnet looks for it when <c>DOTNET_CLI_HOME</c> is this folder.</summary>
    public static void CopyTo(string home)
    {
        string from = Environment.GetEnvironmentVariable("DOTNET_CLI_HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        Copy(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "NuGet"), Path.Combine(home, Places[0]));
        foreach (string place in Places) Copy(Path.Combine(from, place), Path.Combine(home, place));
    }

    private static void Copy(string from, string to)
    {
        if (!Directory.Exists(from)) return;
        Directory.CreateDirectory(to);
        foreach (string file in Directory.EnumerateFiles(from, "*.config", new EnumerationOptions { MatchCasing = MatchCasing.CaseInsensitive }))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
    }
}
